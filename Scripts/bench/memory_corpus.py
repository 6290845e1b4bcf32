"""Translation memories of any size, and queries for them: always the same for a number of units.

The first units are real: the messages of python-docs, by sentence where both sides have as many,
and the sentences of our own articles. The rest are made of them: 35 in 100 are versions of a real
unit with one to four tokens changed on each side, 65 join the beginning of one and the end of
another, cut at clauses, both sides of the same two units. A smaller memory is the beginning of a
larger one."""
import collections
import glob
import gzip
import json
import random
import re

HEADER = ('<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n'
          '<tmx version="1.4">\n  <header creationtool="bench" creationtoolversion="1" '
          'segtype="sentence" o-tmf="bench" adminlang="en" srclang="en-US" datatype="plaintext"/>\n'
          '  <body>\n')
FOOTER = "  </body>\n</tmx>\n"
# Real units that no memory holds: the unseen queries.
HELD_OUT = 2_500
# Longer ones are paragraphs, not segments.
LONGEST = 400
DRIFT = 0.35
SENTENCE = {"en": re.compile(r"(?<=[.!?])\s+(?=[A-Z`*\"'(])"), "zh": re.compile(r"(?<=[。！？])\s*")}
CLAUSE = {"en": re.compile(r"(?<=[,;:.)\u2014])\s+"), "zh": re.compile(r"(?<=[，；：。、）])\s*")}
# How far apart, in shares of their sides, two clause ends may be and still belong together.
CUT_TOLERANCE = 0.15
CUTS_PER_UNIT = 3


def clean(text):
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def real_units(bitext, fixtures):
    """Pairs of English and Chinese, without repetitions, in a fixed order that mixes them."""
    found = {}
    for line in gzip.open(bitext, "rt", encoding="utf-8"):
        fields = line.rstrip("\n").split("\t")
        if len(fields) < 2:
            continue
        zh, en = clean(fields[0]), clean(fields[1])
        english, chinese = SENTENCE["en"].split(en), SENTENCE["zh"].split(zh)
        chinese = [part for part in chinese if part]
        parts = zip(english, chinese) if len(english) == len(chinese) else [(en, zh)]
        for pair in parts:
            if pair[0] and pair[1] and len(pair[0]) <= LONGEST:
                found[pair] = None
    for path in sorted(glob.glob(f"{fixtures}/articles/gold/*.align")):
        chinese, english = (open(path[:-5] + side, encoding="utf-8").read().split("\n")
                            for side in ("zh", "en"))
        for line in open(path, encoding="utf-8"):
            zh, en = (json.loads(part) for part in line.strip().split(":"))
            pair = (clean(" ".join(english[n] for n in en)), clean("".join(chinese[n] for n in zh)))
            if pair[0] and pair[1] and len(pair[0]) <= LONGEST:
                found[pair] = None
    units = list(found)
    random.Random(11).shuffle(units)
    return units


def cuts(unit):
    """Where a unit can be cut so that the parts still translate each other: places in both sides."""
    en, zh = unit
    ends = {side: [m.end() for m in CLAUSE[side].finditer(text) if 0 < m.end() < len(text)]
            for side, text in (("en", en), ("zh", zh))}
    places = []
    for end in ends["en"]:
        near = min(ends["zh"], key=lambda other: abs(other / len(zh) - end / len(en)), default=None)
        if near is not None and abs(near / len(zh) - end / len(en)) <= CUT_TOLERANCE:
            places.append((end, near))
    if not places and len(zh) >= 8 and en.count(" ") >= 3:
        space = en.find(" ", len(en) // 2)
        if space > 0:
            places.append((space + 1, max(1, len(zh) * (space + 1) // len(en))))
    return places[:CUTS_PER_UNIT]


class Corpus:
    def __init__(self, bitext, fixtures):
        units = real_units(bitext, fixtures)
        self.unseen, self.real = units[:HELD_OUT], units[HELD_OUT:]
        self.heads, self.tails = [], []
        for en, zh in self.real:
            for left, right in cuts((en, zh)):
                self.heads.append((en[:left].rstrip(), zh[:right].rstrip()))
                self.tails.append((en[left:], zh[right:]))
        chance = random.Random(12)
        words = [word for en, _ in self.real for word in en.split(" ")]
        self.words = [words[int(chance.random() * len(words))] for _ in range(100_000)]
        self.chunks = []
        while len(self.chunks) < 100_000:
            zh = self.real[int(chance.random() * len(self.real))][1]
            start = int(chance.random() * len(zh))
            self.chunks.append(zh[start:start + 1 + int(chance.random() * 2)])

    def words_changed(self, text, count, chance):
        words = text.split(" ")
        for _ in range(count):
            place, deed = int(chance() * len(words)), chance()
            word = self.words[int(chance() * 100_000)]
            if deed < 0.5:
                words[place] = word
            elif deed < 0.75 or len(words) < 4:
                words.insert(place, word)
            else:
                del words[place]
        return " ".join(words)

    def characters_changed(self, text, count, chance):
        for _ in range(count):
            place, deed = int(chance() * len(text)), chance()
            chunk = self.chunks[int(chance() * 100_000)]
            if deed < 0.5:
                text = text[:place] + chunk + text[place + len(chunk):]
            elif deed < 0.75 or len(text) < 6:
                text = text[:place] + chunk + text[place:]
            else:
                text = text[:place] + text[place + len(chunk):]
        return text

    def spliced(self, chance):
        while True:
            head = self.heads[int(chance() * len(self.heads))]
            tail = self.tails[int(chance() * len(self.tails))]
            if len(head[0]) + len(tail[0]) < LONGEST:
                return f"{head[0]} {tail[0]}", head[1] + tail[1]

    def units(self):
        """All units, without an end."""
        yield from self.real
        chance = random.Random(13).random
        while True:
            if chance() >= DRIFT:
                yield self.spliced(chance)
                continue
            en, zh = self.real[int(chance() * len(self.real))]
            count = 1 + int(chance() * 4)
            yield (clean(self.words_changed(en, count, chance)),
                   clean(self.characters_changed(zh, count, chance)) or zh)

    def query(self, language, number, lines, chance):
        """60 in 100 are lines of the memory with 3 to 30 % of the tokens changed, 20 unseen, 20 new
        joints of clauses."""
        side = 0 if language == "en" else 1
        if number % 5 == 3:
            return self.unseen[int(chance() * len(self.unseen))][side]
        text = self.spliced(chance)[side] if number % 5 == 4 else lines[number % len(lines)][side]
        if number % 5 == 4:
            return text
        share = 0.03 + 0.27 * chance()
        if language == "en":
            count = max(1, round(share * len(text.split(" "))))
            return clean(self.words_changed(text, count, chance))
        count = max(1, round(share * len(text)))
        return clean(self.characters_changed(text, count, chance)) or text


def escaped(text):
    if "&" in text or "<" in text:
        text = text.replace("&", "&amp;").replace("<", "&lt;")
    return text


def element(number, en, zh):
    return (f'    <tu creationdate="202401{10 + number % 19}T081500Z" creationid="li" '
            f'changedate="202501{10 + number % 19}T101112Z" changeid="wang">\n'
            f'      <tuv xml:lang="en-US"><seg>{escaped(en)}</seg></tuv>\n'
            f'      <tuv xml:lang="zh-CN"><seg>{escaped(zh)}</seg></tuv>\n    </tu>\n')


def write(corpus, count, extra, query_count, folder):
    """Writes a memory as memory.tmx and memory.tsv (English, Chinese, no header), the next `extra`
    units as more.tmx and more.tsv, and the queries: queries.en and queries.zh, a line each, and in
    exact.en and exact.zh lines of the memory as they are."""
    chance = random.Random(count)
    # Lines that queries are made of, from all over the memory.
    wanted = set(chance.sample(range(count), min(count, max(query_count, 1_000))))
    lines = []
    units = corpus.units()
    for name, first, last in (("memory", 0, count), ("more", count, count + extra)):
        with open(f"{folder}/{name}.tmx", "w", encoding="utf-8") as tmx, \
                open(f"{folder}/{name}.tsv", "w", encoding="utf-8") as tsv:
            tmx.write(HEADER)
            for number in range(first, last):
                en, zh = next(units)
                tmx.write(element(number, en, zh))
                tsv.write(f"{en}\t{zh}\n")
                if number in wanted:
                    lines.append((en, zh))
            tmx.write(FOOTER)
    chance.shuffle(lines)
    for side, language in enumerate(("en", "zh")):
        queries = (corpus.query(language, n, lines, chance.random) for n in range(query_count))
        with open(f"{folder}/queries.{language}", "w", encoding="utf-8") as out:
            out.writelines(f"{query}\n" for query in queries)
        with open(f"{folder}/exact.{language}", "w", encoding="utf-8") as out:
            out.writelines(f"{line[side]}\n" for line in lines)


IDEOGRAPHS = re.compile(r"[\u4e00-\u9fff]+")
WORDS = re.compile(r"[A-Za-z]+(?: [A-Za-z]+)*")
# Terms that real units hold so often occur at least 50 times in a memory of a million units.
OFTEN = 5


def phrases(corpus, language, shortest, longest):
    """Runs of ideographs, or of words, that the real units hold often, in a fixed mixed order."""
    counts = collections.Counter()
    for en, zh in corpus.real:
        for run in (WORDS.findall(en) if language == "en" else IDEOGRAPHS.findall(zh)):
            parts, joint = (run.split(" "), " ") if language == "en" else (run, "")
            for length in range(shortest, longest + 1):
                for start in range(len(parts) - length + 1):
                    counts[joint.join(parts[start:start + length])] += 1
    found = sorted(phrase for phrase, count in counts.items() if count >= OFTEN and
                   (language == "zh" or len(phrase) >= 3))
    random.Random(14).shuffle(found)
    return found


def write_terms(corpus, count, folder):
    """Writes what a concordance is asked for: terms.en (words up to three), terms.zh (three to five
    ideographs), pairs.zh and single.zh, a line each."""
    for name, language, shortest, longest in (("terms.en", "en", 1, 3), ("terms.zh", "zh", 3, 5),
                                              ("pairs.zh", "zh", 2, 2), ("single.zh", "zh", 1, 1)):
        with open(f"{folder}/{name}", "w", encoding="utf-8") as out:
            found = phrases(corpus, language, shortest, longest)[:count]
            out.writelines(f"{phrase}\n" for phrase in found)
