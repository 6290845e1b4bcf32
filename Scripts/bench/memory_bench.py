"""What Scripts/bench/memory measures with: a memory of some size and its queries, the rivals'
bases, the store, each made once and kept as long as what it was made of stays the same."""
import hashlib
import os
import random
import shutil
import statistics
import sys

import memory_corpus
from release_driver import (INSERTER, ROOT, compiled, cpu_of_children, driver, figures,
                            output, processor_time, release_build,
                            release_folder)

DATA = os.environ.get("CONCORD_DATA", f"{ROOT}/../shared/data")
BITEXT = f"{DATA}/bitext/python-docs.zh-en.tsv.gz"
LANGUAGE_SIDE = {"en": 0, "zh": 1}
BOTH_SIDES = 2
# How many queries a set has at the least, and how many terms.
QUERIES, TERMS = 1_000, 300
# Of more units the truth takes seconds a query, and an index of trigrams ever longer: the true
# matches of the first queries alone are looked for.
LARGE, TRUE_QUERIES_OF_LARGE = 2_000_000, 100
# Units that are brought into a memory that is there.
BULK = 100_000


def option(name, default):
    return sys.argv[sys.argv.index(name) + 1] if name in sys.argv else default


def number(text):
    return int(text.replace("k", "000").replace("M", "000000"))


ROUNDS = int(option("--rounds", "3"))
ASKED = int(option("--queries", str(QUERIES)))
LANGUAGES = option("--languages", "en,zh").split(",")


def environment(folder):
    """A Python that has the rivals."""
    venv = option("--venv", f"{folder}/venv")
    python = f"{venv}/bin/python"
    if not os.path.exists(python):
        output(sys.executable, "-m", "venv", venv)
        output(python, "-m", "pip", "install", "-q", "rapidfuzz", "tantivy")
    return python


def tools(folder):
    """The programs that are measured and those beside them."""
    if "--built" not in sys.argv:
        release_build()
    return (environment(folder), driver("memory_speed", folder),
            compiled(folder, "inserter", INSERTER, "sqlite3"), f"{release_folder()}/concord")


def size(folder):
    return sum(os.path.getsize(f"{place}/{name}") for place, _, names in os.walk(folder)
               for name in names)


def head(path, count, out):
    with open(path, encoding="utf-8", newline="\n") as file, \
            open(out, "w", encoding="utf-8") as part:
        part.writelines(text for _, text in zip(range(count), file))
    return out


def digest(path):
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


class Bench:
    def __init__(self, name, folder, tools):
        self.name, self.units = name, number(name)
        self.folder = f"{folder}/{name}"
        self.python, self.driver, self.inserter, self.concord = tools
        self.store = f"{self.folder}/store/store.sqlite"
        # Milliseconds of CPU that the section fuzzy found, by language.
        self.p99 = {}
        self.prepare()

    def path(self, name):
        return f"{self.folder}/{name}"

    def rival(self, *arguments):
        found = output(self.python, f"{ROOT}/Scripts/bench/memory_rivals.py",
                       *(str(argument) for argument in arguments))
        return {name: float(value) for name, value in
                (row.split("\t") for row in found.splitlines())}

    def ours(self, *arguments):
        found = figures(self.driver, *(str(argument) for argument in arguments))
        return {name: float(value) for name, value in found.items()}

    # MARK: What is made once

    def prepare(self):
        os.makedirs(self.folder, exist_ok=True)
        source = digest(f"{ROOT}/Scripts/bench/memory_corpus.py") + digest(BITEXT)
        stamp = f"{source} {max(ASKED, QUERIES)}"
        if not self.is_stamped("corpus", stamp):
            shutil.rmtree(self.folder)
            os.makedirs(self.folder)
            corpus = memory_corpus.Corpus(BITEXT, f"{ROOT}/Fixtures")
            extra = min(BULK, self.units)
            memory_corpus.write(corpus, self.units, extra, max(ASKED, QUERIES), self.folder)
            memory_corpus.write_terms(corpus, TERMS, self.folder)
            self.stamp("corpus", stamp)
        output(self.driver, "keys", self.path("memory.tsv"), self.path("keys.tsv"))
        for language in ("en", "zh"):
            output(self.driver, "keys", self.path(f"queries.{language}"),
                   self.path(f"querykeys.{language}"))
            for kind in ("queries", "querykeys"):
                head(self.path(f"{kind}.{language}"), ASKED, self.path(f"{kind}.asked.{language}"))
        stamp = digest(self.path("keys.tsv")) + digest(self.path("querykeys.en"))
        if not self.is_stamped("keys", stamp):
            for language in ("en", "zh"):
                self.remove(f"tantivy.{language}")
                self.remove(f"truth.{language}")
            self.stamp("keys", stamp)

    def remove(self, name):
        path = self.path(name)
        if os.path.isdir(path):
            shutil.rmtree(path)
        elif os.path.exists(path):
            os.remove(path)

    def sampled(self, name, count):
        """The first lines of a file."""
        return head(self.path(name), count, self.path(f"{name}.sample"))

    def one_side(self, language):
        """The texts of one language, a line each."""
        path = self.path(f"text.{language}")
        if not os.path.exists(path):
            with open(self.path("memory.tsv"), encoding="utf-8", newline="\n") as file, \
                    open(path, "w", encoding="utf-8") as out:
                out.writelines(row[:-1].split("\t")[LANGUAGE_SIDE[language]] + "\n" for row in file)
        return path

    def many(self, language, count):
        """Texts of one language from all over the memory, in no order, a line each."""
        path = self.path(f"many.{language}")
        if not os.path.exists(path):
            texts = open(self.one_side(language), encoding="utf-8", newline="\n").readlines()
            with open(path, "w", encoding="utf-8") as out:
                out.writelines(random.Random(count).sample(texts, min(count, len(texts))))
        return path

    def is_stamped(self, name, stamp):
        path = self.path(f"{name}.stamp")
        return os.path.exists(path) and open(path).read() == stamp

    def stamp(self, name, stamp):
        with open(self.path(f"{name}.stamp"), "w") as file:
            file.write(stamp)

    def once(self, name, command, *arguments):
        """Makes a rival's base; its figures are kept beside it."""
        kept = self.path(f"{name}.figures")
        if not os.path.exists(self.path(name)) or not os.path.exists(kept):
            self.remove(name)
            found = self.rival(command, *arguments, self.path(name))
            with open(kept, "w") as file:
                file.writelines(f"{key}\t{value}\n" for key, value in found.items())
        return {key: float(value) for key, value in
                (row.split("\t") for row in open(kept).read().splitlines())}

    def tantivy(self, language):
        return self.once(f"tantivy.{language}", "tantivy-build", self.path("keys.tsv"),
                         LANGUAGE_SIDE[language])

    def rows(self):
        return self.once("rows.sqlite", "sqlite-build", self.path("memory.tsv"))

    def truth(self, language):
        path = self.path(f"truth.{language}")
        if not os.path.exists(path):
            count = TRUE_QUERIES_OF_LARGE if self.units > LARGE else max(ASKED, QUERIES)
            self.rival("truth", self.path("keys.tsv"), LANGUAGE_SIDE[language],
                       self.path(f"querykeys.{language}"), f"{path}.part", count)
            os.rename(f"{path}.part", path)
        return path

    def true_part(self, path, kind):
        """Of queries or of their matches those whose true matches are known."""
        with open(path, encoding="utf-8", newline="\n") as file, \
                open(f"{path}.true", "w", encoding="utf-8", newline="\n") as out:
            for number, line in enumerate(file):
                query = number if kind == "lines" else int(line.split("\t")[0])
                if query < TRUE_QUERIES_OF_LARGE:
                    out.write(line)
        return f"{path}.true"

    def filled_store(self):
        if not os.path.exists(self.path("store.complete")):
            self.import_store()
        return self.store

    def import_store(self):
        """CPU seconds from the file to the first answer."""
        self.drop_store()
        os.makedirs(os.path.dirname(self.store))
        first = head(self.path("queries.en"), 1, self.path("first"))
        seconds = self.imported(self.path("memory.tmx"), self.store, self.units)
        search = (self.driver, "search", self.store, "en")
        seconds += processor_time(*search, first, self.path("found"))
        open(self.path("store.complete"), "w").close()
        return seconds

    def imported(self, memory, store, count):
        """CPU seconds of bringing a file into a store; all its units must be new there."""
        started = cpu_of_children()
        found = self.ours("import", memory, store)
        if found["units"] != count:
            sys.exit(f"import: of {count:,} units {found['units']:,.0f} were added")
        return cpu_of_children() - started

    def drop_store(self):
        self.remove("store")
        self.remove("store.complete")

    def bare_insert(self, name):
        base = self.path("bare.sqlite")
        taken = processor_time(self.inserter, self.path(f"{name}.tsv"), base)
        for suffix in ("", "-wal", "-shm"):
            self.remove(f"bare.sqlite{suffix}")
        return taken

    def warm(self, *paths):
        """Reads what is searched, so that nobody waits for the disk: the store and its index are
        warmed with the rival's base."""
        for path in [os.path.dirname(self.store), *paths]:
            names = [path] if os.path.isfile(path) else [
                f"{place}/{name}" for place, _, names in os.walk(path) for name in names]
            for name in names:
                with open(name, "rb") as file:
                    while file.read(1 << 24):
                        pass

    def turns(self, *calls):
        """Runs each as often as there are rounds, in turn: of each the run of the median time of CPU,
        with the median by the clock."""
        found = [[] for _ in calls]
        for _ in range(ROUNDS):
            for place, call in enumerate(calls):
                found[place].append(call())
        chosen = [sorted(runs, key=lambda run: run["seconds"])[len(runs) // 2] for runs in found]
        return [{**run, "clock": statistics.median(other["clock"] for other in runs)}
                for run, runs in zip(chosen, found)]
