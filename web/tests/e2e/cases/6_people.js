// Who may come in, and what each may do: refused, locked out, given another role, signed out.

const enter = async (page, name, password) => {
  await page.getByLabel('Name').fill(name);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
};

export const cases = {
  async 'people sign in, are refused, get another role, are locked out, sign out'({ fresh, serve, stop, passwordOf, same, holds, picture }) {
    const { server, address } = await serve('people', { admin: 'administrator', rita: 'reader', otto: 'officer' });
    try {
      const reader = await fresh({ home: address });
      // The page one asked for is closed, and there again after signing in.
      await reader.page.goto(`${address}/engagements?type=actor`);
      await reader.page.getByText('You come back to this page.').waitFor();
      await picture(reader.page, 'sign-in-needed');
      await enter(reader.page, 'rita', 'not the word at all');
      await reader.page.getByText('The name or the password is wrong.').waitFor();
      same((await reader.page.request.get(`${address}/api/records?type=actor`)).status(), 401, 'a list for nobody');
      await enter(reader.page, 'rita', passwordOf('rita'));
      await reader.page.getByText(/\d+ records/).first().waitFor();
      holds(reader.page.url().endsWith('/engagements?type=actor'), reader.page.url());

      // What a reader may not do is not offered, and is refused where it is asked all the same.
      same(await reader.page.getByRole('link', { name: 'New' }).count(), 0, 'New, for a reader');
      await reader.page.goto(`${address}/import`);
      await reader.page.getByText('Officers and approvers take files in').waitFor();
      const csrf = (await (await reader.page.request.get(`${address}/api/session`)).json()).csrf;
      const refused = await reader.page.request.post(`${address}/api/records/engagement`, { headers: { 'X-CSRF': csrf, Origin: address }, data: { fields: {} } });
      same(refused.status(), 403, 'a reader who writes');

      // Another role ends the session; the same page asks who one is, and then offers more.
      const admin = await fresh({ home: address });
      await admin.page.goto(`${address}/accounts`);
      await enter(admin.page, 'admin', passwordOf('admin'));
      await admin.page.getByLabel('Role: rita').selectOption('officer');
      await admin.page.getByText('rita is changed.').waitFor();
      await picture(admin.page, 'accounts');
      await reader.page.goto(`${address}/engagements?type=actor`);
      await reader.page.getByText('You come back to this page.').waitFor();
      await enter(reader.page, 'rita', passwordOf('rita'));
      await reader.page.getByRole('link', { name: 'New' }).first().waitFor();
      await reader.page.goto(`${address}/account`);
      await reader.page.getByText('this one').waitFor();
      await reader.page.getByRole('button', { name: 'Sign out' }).click();
      await reader.page.getByText('You come back to this page.').waitFor();
      same((await (await reader.page.request.get(`${address}/api/session`)).json()).account, null, 'who is signed in after signing out');

      // Five wrong words lock a name, and the page says for how long.
      const stranger = await fresh({ home: address });
      await stranger.page.goto(`${address}/sign-in`);
      for (let n = 0; n < 5; ++n) {
        await enter(stranger.page, 'otto', `a wrong word, number ${n}`);
        await stranger.page.getByRole('alert').waitFor();
        await stranger.page.waitForFunction(() => !document.querySelector('form button').disabled);
      }
      await enter(stranger.page, 'otto', passwordOf('otto'));
      await stranger.page.getByText('Try again in 15 minutes.').waitFor();

      // All of it is in the access log, and an account is made, used, and disabled.
      await admin.page.goto(`${address}/access-log?what=denied`);
      await admin.page.getByText('as otto').first().waitFor();
      await picture(admin.page, 'access-log');
      await admin.page.goto(`${address}/accounts`);
      await admin.page.locator('#new-name').fill('nora');
      await admin.page.locator('#new-password').fill(passwordOf('nora'));
      await admin.page.locator('#new-password-again').fill(passwordOf('nora'));
      await admin.page.getByRole('button', { name: 'Make it' }).click();
      await admin.page.getByText('nora may sign in now.').waitFor();
      const row = admin.page.getByRole('row').filter({ hasText: 'nora' });
      await row.getByRole('button', { name: 'Disable' }).click();
      await row.getByText('disabled').waitFor();
      await stranger.page.reload();
      await enter(stranger.page, 'nora', passwordOf('nora'));
      await stranger.page.getByRole('alert').waitFor();
      for (const one of [reader, admin, stranger]) {
        holds(one.wrong.length === 0, one.wrong.join('; '));
        await one.context.close();
      }
    } finally {
      await stop(server);
    }
    return 'refused, 403, new role, locked for 15 minutes, disabled';
  },
};
