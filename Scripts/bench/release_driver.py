"""Compiles a Swift file of this folder against the last release build, for benchmarks that call the
library, and the programs in C that stand beside it."""
import glob
import os
import resource
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
MODULES = ("Bitext", "Segmentation", "Formats", "Documents", "Alignment", "Matching", "Store",
           "Checking", "Project", "CICU", "CXML", "CStemmer", "CMarkdown", "CHTML", "CZip", "CGzip",
           "CBuiltin")
# Inserts the lines of a file, two texts with a tab between them, into a new table.
INSERTER = r"""
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
int main(int count, char **arguments) {
  sqlite3 *base;
  sqlite3_stmt *insert;
  sqlite3_open(arguments[2], &base);
  sqlite3_exec(base, "PRAGMA journal_mode=WAL; CREATE TABLE unit (id INTEGER PRIMARY KEY, source TEXT"
    ", target TEXT, created TEXT, creator TEXT, changed TEXT, changer TEXT); BEGIN", 0, 0, 0);
  sqlite3_prepare_v2(base, "INSERT INTO unit (source, target, created, creator, changed, changer)"
    " VALUES (?, ?, '2024-01-10T08:15:00Z', 'li', '2025-01-11T10:11:12Z', 'wang')", -1, &insert, 0);
  FILE *file = fopen(arguments[1], "r");
  char *line = NULL;
  size_t room = 0;
  ssize_t length;
  while ((length = getline(&line, &room, file)) > 0) {
    char *tab = memchr(line, '\t', length);
    sqlite3_bind_text(insert, 1, line, (int)(tab - line), SQLITE_STATIC);
    sqlite3_bind_text(insert, 2, tab + 1, (int)(line + length - tab - 2), SQLITE_STATIC);
    sqlite3_step(insert);
    sqlite3_reset(insert);
  }
  sqlite3_exec(base, "COMMIT", 0, 0, 0);
  sqlite3_finalize(insert);
  sqlite3_close(base);
  return 0;
}
"""


def output(*command):
    run = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
    if run.returncode:
        sys.exit(run.stderr)
    return run.stdout


def figures(*command):
    return dict(line.split("\t") for line in output(*command).splitlines())


def cpu_of_children():
    """CPU seconds of all processes that were started and have ended."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def processor_time(*command, status=0):
    """CPU seconds of a whole process, which may end with another status than 0."""
    before = cpu_of_children()
    run = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
    if run.returncode not in (0, status):
        sys.exit(run.stderr or f"{command[0]}: status {run.returncode}")
    return cpu_of_children() - before


def compiled(folder, name, source, package):
    path = f"{folder}/{name}"
    with open(f"{path}.c", "w") as file:
        file.write(source)
    flags = output("pkg-config", "--cflags", "--libs", package).split()
    output("cc", "-O2", f"{path}.c", *flags, "-o", path)
    return path


def release_build():
    """Builds the command as Scripts/build does it, so that what it built is not built once more."""
    flags = [] if sys.platform == "darwin" else ["--static-swift-stdlib"]
    subprocess.run(["swift", "build", "-c", "release", "--product", "concord", *flags],
                   check=True, cwd=ROOT, stdout=subprocess.DEVNULL)


def release_folder():
    return output("swift", "build", "-c", "release", "--show-bin-path").strip()


def driver(name, folder):
    """Compiles `name`.swift of this folder into a program in `folder`: its path."""
    built = release_folder()
    objects, maps = [], []
    for module in MODULES:
        # A build folder keeps the objects of files that are gone.
        for source in glob.glob(f"{ROOT}/Sources/{module}/**/*.[cs]*", recursive=True):
            objects += glob.glob(f"{built}/{module}.build/**/{os.path.basename(source)}.o",
                                 recursive=True)
        if os.path.exists(f"{built}/{module}.build/module.modulemap"):
            maps += ["-Xcc", f"-fmodule-map-file={built}/{module}.build/module.modulemap"]
    for module in ("GRDB", "Yams", "CYaml"):
        objects += glob.glob(f"{built}/{module}.build/**/*.o", recursive=True)
    for path in ("GRDB.swift/Sources/GRDBSQLite", "Yams/Sources/CYaml/include"):
        maps += ["-Xcc", f"-fmodule-map-file={ROOT}/.build/checkouts/{path}/module.modulemap"]
    libraries = output("pkg-config", "--libs", "icu-i18n", "libxml-2.0", "zlib", "libzip", "md4c",
                       "gumbo", "sqlite3").split()
    static = [] if sys.platform == "darwin" else ["-static-stdlib"]
    program = f"{folder}/{name}"
    output("swiftc", "-O", *static, f"{ROOT}/Scripts/bench/{name}.swift",
           "-I", f"{built}/Modules", *maps, *dict.fromkeys(objects), *libraries, "-lstemmer",
           "-o", program)
    return program
