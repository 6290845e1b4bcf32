"""The rivals of the translation memory, one a call, for Scripts/bench/memory: it needs rapidfuzz
and tantivy. Keys are those that Concord folds texts to, so that only the search differs.

usage: memory_rivals.py truth KEYS SIDE QUERIES OUT [COUNT]
                                                         the five best from 70 %, of all units
       memory_rivals.py recall KEYS SIDE QUERIES TRUTH FOUND
       memory_rivals.py extract KEYS SIDE QUERIES COUNT  the rate of rapidfuzz.process.extract
       memory_rivals.py tantivy-build KEYS SIDE FOLDER
       memory_rivals.py tantivy-search FOLDER SIDE QUERIES OUT
       memory_rivals.py sqlite-build LINES BASE          rows and an index of each side
       memory_rivals.py sqlite-exact BASE SIDE LINES
       memory_rivals.py trigram-build LINES SIDE BASE    FTS5
       memory_rivals.py trigram-search BASE TERMS LIMIT
       memory_rivals.py commit BASE COUNT                rows of one transaction each

Prints a name and a figure a line. SIDE is 0 for English, 1 for Chinese, of FTS5
also 2 for both. Files of matches have the number of the query from 0, the number of the unit from 1
and the score, a match a line."""
import bisect
import collections
import multiprocessing
import os
import re
import sqlite3
import sys
import time

CUTOFF, LIMIT, RESCORED = 0.7, 5, 100
BOTH_SIDES = 2
# Bytes that the writer of the rival's index may hold before it writes a part.
WRITER_MEMORY = 256_000_000


def rows(path):
    with open(path, encoding="utf-8", newline="\n") as file:
        for line in file:
            yield line[:-1].split("\t")


def column(path, side):
    return [row[side] for row in rows(path)]


def lines(path):
    return [line for line in open(path, encoding="utf-8", newline="\n").read().split("\n") if line]


def show(**figures):
    for name, value in figures.items():
        print(f"{name}\t{value}")


class Calls:
    """Times of many calls of one kind."""

    def __init__(self):
        self.cpu, self.clock, self.results = [], [], 0

    def measure(self, call, *arguments):
        start, clock = time.process_time(), time.perf_counter()
        found = call(*arguments)
        self.clock.append(time.perf_counter() - clock)
        self.cpu.append(time.process_time() - start)
        self.results += len(found)
        return found

    def report(self):
        def part(values, share):
            return sorted(values)[min(len(values) - 1, int(share * len(values)))] * 1000
        show(count=len(self.cpu), results=self.results, seconds=sum(self.cpu),
             clock=sum(self.clock), p50=part(self.clock, .5), p99=part(self.clock, .99), cpu50=part(self.cpu, .5),
             cpu99=part(self.cpu, .99))


# All units compared: the truth

def best_of(query, keys, offset=0):
    from rapidfuzz import process
    from rapidfuzz.distance import Levenshtein
    found = process.extract(query, keys, scorer=Levenshtein.normalized_similarity,
                            score_cutoff=CUTOFF, limit=LIMIT)
    return [(index + offset, score) for _, score, index in found]


ordered, numbers, lengths = [], [], []


def true_matches(query):
    # No text outside these lengths can be as alike as the cutoff asks.
    low = bisect.bisect_left(lengths, int(len(query) * CUTOFF))
    high = bisect.bisect_right(lengths, int(len(query) / CUTOFF) + 1)
    return [(numbers[index], score) for index, score in best_of(query, ordered[low:high], low)]


def truth(keys, side, queries, out, count=None):
    texts = column(keys, side)
    numbers.extend(sorted(range(len(texts)), key=lambda number: len(texts[number])))
    ordered.extend(texts[number] for number in numbers)
    lengths.extend(len(text) for text in ordered)
    with multiprocessing.get_context("fork").Pool() as pool:
        matched = pool.map(true_matches, lines(queries)[:count], chunksize=4)
    with open(out, "w", encoding="utf-8") as file:
        for query, matches in enumerate(matched):
            file.writelines(f"{query}\t{number + 1}\t{score}\n" for number, score in matches)


def matches(path):
    found = collections.defaultdict(list)
    for query, number, score in rows(path):
        found[int(query)].append((int(number), float(score)))
    return found


def recall(keys, side, queries, truth_path, found_path):
    """How many of the true matches were found; of equally good ones any will do. A score that is
    not that of the unit's text, or a unit given twice, is wrong."""
    from rapidfuzz.distance import Levenshtein
    texts, asked = column(keys, side), lines(queries)
    true, found = matches(truth_path), matches(found_path)
    wrong = expected = hits = best_expected = best_hits = 0
    for query, key in enumerate(asked):
        scores, seen = collections.Counter(), set()
        for number, score in found[query]:
            text = texts[number - 1] if 0 < number <= len(texts) else ""
            if number in seen or abs(Levenshtein.normalized_similarity(key, text) - score) > 1e-9:
                wrong += 1
            else:
                scores[round(score, 9)] += 1
            seen.add(number)
        best = max(scores, default=0)
        if true[query]:
            best_expected += 1
            best_hits += best >= round(true[query][0][1], 9)
        for _, score in true[query]:
            expected += 1
            if scores[round(score, 9)]:
                scores[round(score, 9)] -= 1
                hits += 1
    show(recall=hits / max(1, expected), best=best_hits / max(1, best_expected), expected=expected,
         queries=best_expected, wrong=wrong)


def extract(keys, side, queries, count):
    texts, calls = column(keys, side), Calls()
    asked = lines(queries)
    for query in asked[::max(1, len(asked) // count)][:count]:
        calls.measure(best_of, query, texts)
    calls.report()


# BM25, then rescoring

def schema_of(side):
    import tantivy
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("number", stored=True)
    tokenizer = "default" if side == 0 else "bigrams"
    builder.add_text_field("text", stored=True, tokenizer_name=tokenizer)
    return builder.build()


def register(index, side):
    import tantivy
    if side == 1:
        bigrams = tantivy.Tokenizer.ngram(min_gram=2, max_gram=2, prefix_only=False)
        index.register_tokenizer("bigrams", tantivy.TextAnalyzerBuilder(bigrams).build())
    return index


def tantivy_build(keys, side, folder):
    import tantivy
    os.makedirs(folder, exist_ok=True)
    texts = column(keys, side)
    start = time.process_time()
    index = register(tantivy.Index(schema_of(side), path=folder), side)
    writer = index.writer(heap_size=WRITER_MEMORY, num_threads=1)
    for number, text in enumerate(texts):
        writer.add_document(tantivy.Document(number=number + 1, text=text))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    register(tantivy.Index.open(folder), side).writer(num_threads=1).garbage_collect_files()
    show(seconds=time.process_time() - start, bytes=size(folder))


def size(folder):
    return sum(os.path.getsize(f"{folder}/{name}") for name in os.listdir(folder))


def tokens(key, side):
    if side == 0:
        return list(dict.fromkeys(re.findall(r"[^\W_]+", key)))
    return list(dict.fromkeys(key[start:start + 2] for start in range(len(key) - 1)))


def tantivy_search(folder, side, queries, out):
    import tantivy
    index = register(tantivy.Index.open(folder), side)
    searcher, schema, calls = index.searcher(), schema_of(side), Calls()

    def search(key):
        parts = [(tantivy.Occur.Should, tantivy.Query.term_query(schema, "text", token))
                 for token in tokens(key, side)]
        hits = searcher.search(tantivy.Query.boolean_query(parts), RESCORED, count=False).hits
        documents = [searcher.doc(address) for _, address in hits]
        found = best_of(key, [document["text"][0] for document in documents])
        return [(documents[place]["number"][0], score) for place, score in found]

    with open(out, "w", encoding="utf-8") as file:
        for query, key in enumerate(lines(queries)):
            for number, score in calls.measure(search, key):
                file.write(f"{query}\t{number}\t{score}\n")
    calls.report()


# SQLite

def sqlite_build(path, base):
    database = sqlite3.connect(base)
    start = time.process_time()
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("CREATE TABLE unit (id INTEGER PRIMARY KEY, source TEXT, target TEXT)")
    database.executemany("INSERT INTO unit (source, target) VALUES (?, ?)", rows(path))
    database.execute("CREATE INDEX bySource ON unit(source)")
    database.execute("CREATE INDEX byTarget ON unit(target)")
    database.commit()
    show(seconds=time.process_time() - start)


def sqlite_exact(base, side, path):
    database, calls = sqlite3.connect(base), Calls()
    name = ("source", "target")[side]
    query = f"SELECT id, source, target FROM unit WHERE {name} = ?"
    for line in lines(path):
        calls.measure(lambda text: database.execute(query, (text,)).fetchall(), line)
    calls.report()


def trigram_build(path, side, base):
    database = sqlite3.connect(base)
    start = time.process_time()
    both = ("source", "target")
    columns, first = (both, 0) if side == BOTH_SIDES else (both[side:side + 1], side)
    database.execute(
        f"CREATE VIRTUAL TABLE unit USING fts5({', '.join(columns)}, tokenize = 'trigram')")
    database.executemany(
        f"INSERT INTO unit VALUES ({', '.join('?' * len(columns))})",
        (row[first:first + len(columns)] for row in rows(path)))
    database.commit()
    show(seconds=time.process_time() - start, bytes=os.path.getsize(base))


def trigram_search(base, path, limit):
    database, calls = sqlite3.connect(base), Calls()
    query = "SELECT rowid, * FROM unit WHERE unit MATCH ? LIMIT ?"
    for term in lines(path):
        quoted = '"' + term.replace('"', '""') + '"'
        calls.measure(lambda text: database.execute(query, (text, limit)).fetchall(), quoted)
    calls.report()


def commit(base, count):
    database, calls = sqlite3.connect(base, isolation_level=None), Calls()
    database.execute("PRAGMA synchronous = FULL")

    def insert(number):
        texts = (f"The unit {number} was added by itself.", f"第 {number} 个单元是单独加入的。")
        database.execute("INSERT INTO unit (source, target) VALUES (?, ?)", texts)
        return [number]

    for number in range(count):
        calls.measure(insert, number)
    database.execute("DELETE FROM unit WHERE source GLOB 'The unit * was added by itself.'")
    calls.report()


COMMANDS = {"truth": truth, "recall": recall, "extract": extract, "tantivy-build": tantivy_build,
            "tantivy-search": tantivy_search, "sqlite-build": sqlite_build,
            "sqlite-exact": sqlite_exact, "trigram-build": trigram_build,
            "trigram-search": trigram_search, "commit": commit}

if __name__ == "__main__":
    COMMANDS[sys.argv[1]](*(int(value) if value.isdigit() else value for value in sys.argv[2:]))
