// outside_check EMITTED SIGNED: holds what Entente signs and proves against golang.org/x/mod/sumdb, the code by which
// Go checks its own checksum database; then signs checkpoints with our key for us to read. Shares nothing with our code.
package main

import (
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type signedNote struct {
	Note []byte `json:"note"`
	Size int64  `json:"size"`
	Root []byte `json:"root"`
}

type emitted struct {
	Vkey     string       `json:"vkey"`
	Skey     string       `json:"skey"`
	Notes    []signedNote `json:"notes"`
	BadNotes [][]byte     `json:"bad_notes"`
	Leaves   []struct {
		Data string `json:"data"`
		Hash []byte `json:"hash"`
	} `json:"leaves"`
	Inclusion []struct {
		Size, Index int64
		Leaf, Root  []byte
		Path        [][]byte
		Good        bool
	} `json:"inclusion"`
	Consistency []struct {
		From, To      int64
		Before, After []byte
		Path          [][]byte
		Good          bool
	} `json:"consistency"`
}

var failures int

func expect(ok bool, format string, args ...interface{}) {
	if ok {
		return
	}
	failures++
	if failures <= 20 {
		fmt.Printf("outside: "+format+"\n", args...)
	}
}

func must(err error) {
	if err != nil {
		fmt.Println("outside:", err)
		os.Exit(1)
	}
}

func hash(bytes []byte) (h tlog.Hash) {
	copy(h[:], bytes)
	return h
}

func hashes(path [][]byte) (out []tlog.Hash) {
	for _, bytes := range path {
		out = append(out, hash(bytes))
	}
	return out
}

func checkpoint(origin string, size int64, root []byte) string {
	return fmt.Sprintf("%s\n%d\n%s\n", origin, size, base64.StdEncoding.EncodeToString(root))
}

func decoded(signature note.Signature) string {
	bytes, err := base64.StdEncoding.DecodeString(signature.Base64)
	must(err)
	return string(bytes)
}

func checkNotes(in *emitted, verifier note.Verifier) (good, bad int) {
	known := note.VerifierList(verifier)
	for _, item := range in.Notes {
		opened, err := note.Open(item.Note, known)
		expect(err == nil && opened.Text == checkpoint(verifier.Name(), item.Size, item.Root), "a note of size %d: %v", item.Size, err)
		good++
	}
	original, err := note.Open(in.Notes[0].Note, known)
	must(err)
	for i, bytes := range in.BadNotes {
		opened, err := note.Open(bytes, known)
		// Go's base64 passes over the spare bits of the last digit: the same text under the same signature. We refuse it.
		same := err == nil && opened.Text == original.Text && decoded(opened.Sigs[0]) == decoded(original.Sigs[0])
		expect(err != nil || same, "the note with bit %d flipped was accepted", i)
		bad++
	}
	return good, bad
}

func checkProofs(in *emitted) (good, bad int) {
	count := func(isGood bool, err error, what string, a, b int64) {
		expect((err == nil) == isGood, "%s %d %d: good %v, Go says %v", what, a, b, isGood, err)
		if isGood {
			good++
		} else {
			bad++
		}
	}
	for _, p := range in.Inclusion {
		count(p.Good, tlog.CheckRecord(hashes(p.Path), p.Size, hash(p.Root), p.Index, hash(p.Leaf)), "inclusion", p.Index, p.Size)
	}
	for _, p := range in.Consistency {
		count(p.Good, tlog.CheckTree(hashes(p.Path), p.To, hash(p.After), p.From, hash(p.Before)), "consistency", p.From, p.To)
	}
	for i, leaf := range in.Leaves {
		expect(tlog.RecordHash([]byte(leaf.Data)) == hash(leaf.Hash), "another hash for leaf %d", i)
		spoiled := tlog.RecordHash([]byte(leaf.Data + " "))
		expect(spoiled != hash(leaf.Hash), "the same hash for another leaf %d", i)
	}
	return good, bad
}

type signed struct {
	Good []signedNote `json:"good"`
	Bad  [][]byte     `json:"bad"`
}

// Notes by our key, alone and among the lines of others; and some that only name us.
func sign(in *emitted) (out signed) {
	ours, err := note.NewSigner(in.Skey)
	must(err)
	otherKey, _, err := note.GenerateKey(rand.Reader, "bravo.example/witness")
	must(err)
	other, err := note.NewSigner(otherKey)
	must(err)
	forgedKey, _, err := note.GenerateKey(rand.Reader, ours.Name())
	must(err)
	forged, err := note.NewSigner(forgedKey)
	must(err)
	for i, item := range in.Notes {
		text := &note.Note{Text: checkpoint(ours.Name(), item.Size, item.Root)}
		signers := [][]note.Signer{{ours}, {other, ours}, {ours, other}, {forged, ours}}[i%4]
		bytes, err := note.Sign(text, signers...)
		must(err)
		out.Good = append(out.Good, signedNote{bytes, item.Size, item.Root})
		for _, wrong := range []note.Signer{other, forged} {
			bytes, err := note.Sign(text, wrong)
			must(err)
			out.Bad = append(out.Bad, bytes)
		}
		out.Bad = append(out.Bad, []byte(strings.Replace(string(out.Good[i].Note), "\n", "/2\n", 1)))
	}
	return out
}

func main() {
	bytes, err := os.ReadFile(os.Args[1])
	must(err)
	var in emitted
	must(json.Unmarshal(bytes, &in))
	verifier, err := note.NewVerifier(in.Vkey)
	must(err)

	goodNotes, badNotes := checkNotes(&in, verifier)
	goodProofs, badProofs := checkProofs(&in)
	answer, err := json.Marshal(sign(&in))
	must(err)
	must(os.WriteFile(os.Args[2], answer, 0o600))

	fmt.Printf("outside: Go accepted %d proofs, %d notes, %d leaf hashes; refused %d bad proofs, %d bad notes; %d disagreements\n",
		goodProofs, goodNotes, len(in.Leaves), badProofs, badNotes, failures)
	expect(goodProofs >= 10000 && badProofs >= 10000 && badNotes >= 1000, "fewer cases than expected")
	if failures > 0 {
		os.Exit(1)
	}
}
