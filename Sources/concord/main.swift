internal import ArgumentParser
internal import Bitext
internal import Formats

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

// A reader that leaves, as `head` does, shows as an error of the write, and a file that grows too
// large does too: neither may kill the program in the middle of its work.
signal(SIGPIPE, SIG_IGN)
signal(SIGXFSZ, SIG_IGN)

// The parser asks the runtime for the conformances of every verb; the version needs none of it.
if CommandLine.arguments.dropFirst().elementsEqual(["--version"]) {
  print(Concord.version)
  exit(ExitStatus.clean)
}
exit(runProgram(Array(CommandLine.arguments.dropFirst())))
