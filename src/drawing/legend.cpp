#include "drawing/legend.h"

#include <algorithm>

#include "drawing/panels.h"

namespace entente::drawing {
namespace {

using picture::Head;
using picture::Picture;
using picture::ShockKind;
using picture::Survey;

/// What occurs in a picture.
struct Present {
    bool up = false, down = false, meeting = false, remote = false, elsewhere = false, rough = false;
    bool stop = false, rough_end = false, open = false, refusal = false, use = false;
    bool none = false, thin = false, dense = false, withheld = false;
    bool band = false, outer = false, rate = false, silence = false;
    bool shocks[4] = {};

    void operator()(const picture::Lane& lane) {
        for (const auto& mark : lane.marks) {
            up |= mark.rise == picture::Rise::up, down |= mark.rise == picture::Rise::down;
            meeting |= mark.head == Head::meeting, remote |= mark.head == Head::remote;
            elsewhere |= mark.head == Head::elsewhere, rough |= !mark.exact;
        }
        see(lane.survey);
    }
    void operator()(const picture::ShockRow& row) {
        for (const auto& shock : row.shocks) shocks[static_cast<int>(shock.kind)] = true;
    }
    void operator()(const picture::StopRow& row) {
        for (const auto& one : row.stops) {
            stop = true, open |= !one.to_earliest;
            rough_end |= one.from_latest > one.from || (one.to_earliest && *one.to_earliest < one.to);
        }
        refusal |= !row.refusals.empty(), use |= !row.uses.empty();
        see(row.survey);
    }
    void operator()(const picture::Bars& bars) {
        rate |= !bars.levels.empty(), silence |= !bars.silences.empty();
        see(bars.survey);
    }
    void operator()(const picture::Curve& curve) {
        const bool any =
            std::ranges::any_of(curve.points, [](const auto& one) { return one.value.has_value(); });
        band |= curve.band && any, outer |= curve.outer && any;
        see(curve.survey);
    }
    void operator()(const picture::SurveyStrip& strip) {
        for (const auto& stretch : strip.stretches)
            thin |= stretch.how == Survey::thin, dense |= stretch.how == Survey::dense;
        see(strip.stretches);
    }

private:
    void see(const std::vector<picture::Surveyed>& survey) {
        for (const auto& stretch : survey)
            none |= stretch.how == Survey::none, withheld |= stretch.how == Survey::withheld;
    }
};

LegendItem head(Head kind, const std::string& words, bool exact = true) {
    return {
        7,
        [=](Canvas& canvas, Spot at) {
            draw_head(canvas, kind, {at.x + 3, at.y - 2.2}, 1.9, exact);
        },
        words};
}

LegendItem stem(double way, const std::string& words) {
    return {
        6,
        [=](Canvas& canvas, Spot at) {
            canvas.line(
                {at.x + 2.5, at.y - 2.2 - way * 2.2}, {at.x + 2.5, at.y - 2.2 + way * 2.2}, {0.5, Ink::dark}
            );
            draw_head(canvas, Head::meeting, {at.x + 2.5, at.y - 2.2 + way * 2.2}, 1.4, true);
        },
        words};
}

LegendItem shock(ShockKind kind, const std::string& words) {
    return {7, [=](Canvas& canvas, Spot at) { draw_shock(canvas, kind, {at.x + 3, at.y}, 5.5); }, words};
}

/// A piece of a survey or of a stop, as it stands in the picture.
LegendItem patch(const std::string& words, std::function<void(Canvas& canvas, const Box& box)> fill) {
    return {13, [=](Canvas& canvas, Spot at) { fill(canvas, {at.x, at.y - 5, 11, 5.5}); }, words};
}

void dashed(Canvas& canvas, const Box& box) {
    canvas.line({box.x, box.y + 2.8}, {box.right(), box.y + 2.8}, {1.5, Ink::middle, {2, 1.8}});
}

void dotted(Canvas& canvas, const Box& box) {
    for (const double y : {0.6, 2.8, 5.0})
        canvas.line({box.x, box.y + y}, {box.right(), box.y + y}, {0.9, Ink::middle, {0.9, 2.0}});
}

}  // namespace

std::vector<LegendItem> legend_of(const Picture& picture) {
    Present present;
    for (const auto& panel : picture.panels) std::visit([&](const auto& one) { present(one); }, panel);
    std::vector<LegendItem> out;
    const auto add = [&](bool is, LegendItem item) {
        if (is) out.push_back(std::move(item));
    };
    add(present.up, stem(-1, picture.up));
    add(present.down, stem(1, picture.down));
    add(present.meeting, head(Head::meeting, "visit, meeting"));
    add(present.remote, head(Head::remote, "call, video"));
    add(present.elsewhere, head(Head::elsewhere, "elsewhere, or not known where"));
    add(present.rough, head(Head::meeting, "day not known", false));
    add(present.shocks[0], shock(ShockKind::arms_sale, "arms sale"));
    add(present.shocks[1], shock(ShockKind::incident, "incident"));
    add(present.shocks[2], shock(ShockKind::law, "law, sanction"));
    add(present.shocks[3], shock(ShockKind::other, "other shock"));
    add(present.stop, patch("stopped", [](Canvas& canvas, const Box& box) {
            canvas.fill(box, Ink::stop_wash);
            canvas.hatch(box, 2.2, {0.5, Ink::stop}, Slant::falling);
            canvas.line({box.x, box.y}, {box.x, box.bottom()}, {1.1, Ink::stop});
            canvas.line({box.right(), box.y}, {box.right(), box.bottom()}, {1.1, Ink::stop});
        }));
    add(present.rough_end, patch("began or ended within", [](Canvas& canvas, const Box& box) {
            canvas.hatch(box, 1.1, {0.5, Ink::stop});
        }));
    add(present.open, patch("no end known", [](Canvas& canvas, const Box& box) {
            for (const double y : {box.y, box.bottom()})
                canvas.line({box.x, y}, {box.right(), y}, {0.6, Ink::stop, {1.6, 1.6}});
        }));
    add(present.refusal,
        {7,
         [](Canvas& canvas, Spot at) {
             draw_cross(canvas, {at.x + 3, at.y - 2.2}, 1.6, {0.8, Ink::black});
         },
         "one refused"});
    add(present.use,
        {7,
         [](Canvas& canvas, Spot at) {
             canvas.disc({at.x + 3, at.y - 2.2}, 1.3, Ink::black, {0.4, Ink::paper});
         },
         "used"});
    add(present.band,
        patch("90 of 100 draws", [](Canvas& canvas, const Box& box) { canvas.fill(box, Ink::pale); }));
    add(present.outer, patch("with the unseen", [](Canvas& canvas, const Box& box) {
            for (const double y : {box.y + 0.8, box.bottom() - 0.8})
                canvas.line({box.x, y}, {box.right(), y}, {0.5, Ink::middle, {1.8, 1.6}});
        }));
    add(present.rate, patch("one rate, 95 % dashed", [](Canvas& canvas, const Box& box) {
            canvas.line({box.x, box.y + 2.7}, {box.right(), box.y + 2.7}, {1.3, Ink::black});
        }));
    add(present.silence, patch("silence", [](Canvas& canvas, const Box& box) {
            canvas.path(
                {{box.x, box.y}, {box.x, box.bottom()}, {box.right(), box.bottom()}, {box.right(), box.y}},
                {0.9, Ink::black}
            );
        }));
    add(present.dense, patch("sample", [](Canvas& canvas, const Box& box) {
            canvas.fill({box.x, box.y + 1, box.width, 3.6}, Ink::middle);
        }));
    add(present.thin, patch("thin", dashed));
    add(present.withheld, patch("not released", dotted));
    add(present.none, patch("not covered", [](Canvas& canvas, const Box& box) {
            canvas.hatch(box, 2.4, {0.35, Ink::middle});
        }));
    return out;
}

double draw_legend(
    Canvas& canvas, const std::vector<LegendItem>& items, const Box& box, double leading, bool only_count
) {
    auto letters = lettering(Ink::dark);
    letters.size = 6.5;
    double x = box.x, y = box.y, lines = items.empty() ? 0 : 1;
    for (const auto& item : items) {
        const double wide = item.width + 1.5 + canvas.width_of(item.words, letters);
        if (x > box.x && x + wide > box.right()) x = box.x, y += leading, ++lines;
        if (!only_count) {
            item.draw(canvas, {x, y});
            canvas.words({x + item.width + 1.5, y}, item.words, letters);
        }
        x += wide + 9;
    }
    return lines;
}

}  // namespace entente::drawing
