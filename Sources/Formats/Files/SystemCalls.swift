#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif
internal import Bitext

/// The system calls on files, each a function of one C call that turns `errno` into trouble.
enum SystemCalls {
  static func open(_ path: String, _ flags: Int32, mode: UInt16 = 0o666) -> Int32 {
    retrying {
      #if canImport(Glibc)
        Glibc.open(path, flags, mode_t(mode))
      #elseif canImport(Darwin)
        Darwin.open(path, flags, mode_t(mode))
      #endif
    }
  }

  static func openForReading(_ path: String) throws(Trouble) -> Int32 {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw trouble("cannot be read", path) }
    var status = stat()
    if fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
      _ = close(descriptor)
      throw Trouble("is a directory, not a file", file: path)
    }
    return descriptor
  }

  /// Opens a device or pipe that is there.
  static func openForWriting(_ path: String) throws(Trouble) -> Int32 {
    let descriptor = open(path, O_WRONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw trouble("cannot be written", path) }
    return descriptor
  }

  static func openForAppending(_ path: String) throws(Trouble) -> Int32 {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC)
    guard descriptor >= 0 else { throw trouble("cannot be written", path) }
    return descriptor
  }

  /// Creates a new file that nobody else has, for writing.
  static func create(_ path: String) throws(Trouble) -> Int32 {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC)
    guard descriptor >= 0 else { throw trouble("cannot be written", path) }
    return descriptor
  }

  /// Reads into the free end of a buffer and returns how many bytes came; 0 at the end.
  static func read(
    _ descriptor: Int32, into buffer: UnsafeMutableRawBufferPointer, path: String
  ) throws(Trouble) -> Int {
    let count = retrying {
      #if canImport(Glibc)
        Int32(clamping: Glibc.read(descriptor, buffer.baseAddress, min(buffer.count, 1 << 30)))
      #elseif canImport(Darwin)
        Int32(clamping: Darwin.read(descriptor, buffer.baseAddress, min(buffer.count, 1 << 30)))
      #endif
    }
    guard count >= 0 else { throw trouble("cannot be read", path) }
    return Int(count)
  }

  /// Reads from a place of a file on and returns how many bytes came; 0 at the end.
  static func read(
    _ descriptor: Int32, into buffer: UnsafeMutableRawBufferPointer, at offset: Int, path: String
  ) throws(Trouble) -> Int {
    let count = retrying {
      Int32(clamping: pread(descriptor, buffer.baseAddress, min(buffer.count, 1 << 30), offset))
    }
    guard count >= 0 else { throw trouble("cannot be read", path) }
    return Int(count)
  }

  /// Maps a whole file for reading; an empty one has nothing to map.
  static func map(_ descriptor: Int32, path: String) throws(Trouble) -> UnsafeRawBufferPointer {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw trouble("cannot be read", path) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw Trouble("is no file that could be mapped", file: path)
    }
    let count = Int(status.st_size)
    guard count > 0 else { return UnsafeRawBufferPointer(start: nil, count: 0) }
    let start = mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0)
    guard let start, start != MAP_FAILED else { throw trouble("cannot be read", path) }
    return UnsafeRawBufferPointer(start: start, count: count)
  }

  static func unmap(_ bytes: UnsafeRawBufferPointer) {
    guard let start = bytes.baseAddress else { return }
    munmap(UnsafeMutableRawPointer(mutating: start), bytes.count)
  }

  /// Writes all bytes.
  ///
  /// - Throws: ``ClosedPipe`` when the reader of a pipe has gone, else `Trouble`.
  static func write(
    _ descriptor: Int32, _ bytes: UnsafeRawBufferPointer, path: String
  ) throws {
    var rest = bytes
    while !rest.isEmpty {
      let count = retrying {
        #if canImport(Glibc)
          Int32(clamping: Glibc.write(descriptor, rest.baseAddress, min(rest.count, 1 << 30)))
        #elseif canImport(Darwin)
          Int32(clamping: Darwin.write(descriptor, rest.baseAddress, min(rest.count, 1 << 30)))
        #endif
      }
      if count < 0 {
        if errno == EPIPE { throw ClosedPipe() }
        throw trouble("cannot be written", path)
      }
      rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(Int(count)))
    }
  }

  /// Makes sure that what was written has reached the disk, as far as it has one.
  static func synchronize(_ descriptor: Int32, path: String) throws(Trouble) {
    guard fsync(descriptor) != 0, errno != EINVAL, errno != EROFS, errno != ENOTSUP else { return }
    throw trouble("cannot be written", path)
  }

  static func closeDescriptor(_ descriptor: Int32) { _ = close(descriptor) }

  /// Locks a file for this process, until it is closed.
  ///
  /// - Returns: whether no other process had it locked.
  static func lock(_ descriptor: Int32, waits: Bool) -> Bool {
    retrying { flock(descriptor, waits ? LOCK_EX : LOCK_EX | LOCK_NB) } == 0
  }

  static func openForLocking(_ path: String) throws(Trouble) -> Int32 {
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC)
    guard descriptor >= 0 else { throw trouble("cannot be written", path) }
    return descriptor
  }

  /// Gives pages of a mapping back to the system, which reads them again when they are needed.
  static func release(_ bytes: UnsafeRawBufferPointer) {
    guard let start = bytes.baseAddress else { return }
    _ = madvise(UnsafeMutableRawPointer(mutating: start), bytes.count, Int32(MADV_DONTNEED))
  }

  static func rename(_ from: String, to path: String) throws(Trouble) {
    #if canImport(Glibc)
      let status = Glibc.rename(from, path)
    #elseif canImport(Darwin)
      let status = Darwin.rename(from, path)
    #endif
    guard status == 0 else { throw trouble("cannot be written", path) }
  }

  static func remove(_ path: String) { _ = unlink(path) }

  static func processIdentifier() -> Int32 { getpid() }

  static func isRunning(_ process: Int32) -> Bool { kill(process, 0) == 0 || errno != ESRCH }

  /// What a path leads to.
  static func kind(of path: String) -> FileKind? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    switch status.st_mode & S_IFMT {
    case S_IFDIR: return .directory
    case S_IFREG: return .file
    default: return .other
    }
  }

  static func identity(of path: String) -> FileIdentity? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    return FileIdentity(
      device: UInt64(truncatingIfNeeded: status.st_dev),
      node: UInt64(truncatingIfNeeded: status.st_ino))
  }

  /// The absolute path of a file without links in it; `nil` when there is none.
  static func resolved(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  static func identity(of descriptor: Int32) -> FileIdentity? {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { return nil }
    return FileIdentity(
      device: UInt64(truncatingIfNeeded: status.st_dev),
      node: UInt64(truncatingIfNeeded: status.st_ino))
  }

  /// What shows that a file has changed.
  static func state(of path: String) -> FileState? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    #if canImport(Glibc)
      let time = status.st_mtim
    #elseif canImport(Darwin)
      let time = status.st_mtimespec
    #endif
    return FileState(
      modified: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec),
      size: Int64(status.st_size), node: UInt64(truncatingIfNeeded: status.st_ino))
  }

  /// The file of the program that runs.
  static func program() -> String {
    #if canImport(Glibc)
      "/proc/self/exe"
    #else
      CommandLine.arguments.first ?? ""
    #endif
  }

  /// The permissions of a file, to be kept when it is replaced.
  static func mode(of path: String) -> UInt16? {
    var status = stat()
    return stat(path, &status) == 0 ? UInt16(truncatingIfNeeded: status.st_mode & 0o777) : nil
  }

  static func setMode(_ mode: UInt16, of descriptor: Int32) { _ = fchmod(descriptor, mode_t(mode)) }

  static func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }

  static func makeDirectory(_ path: String) throws(Trouble) {
    guard mkdir(path, 0o777) != 0, errno != EEXIST else { return }
    throw trouble("cannot be made", path)
  }

  /// The names in a directory, sorted by their bytes, without `.` and `..`.
  static func names(in directory: String) throws(Trouble) -> [String] {
    guard let stream = opendir(directory) else { throw trouble("cannot be read", directory) }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  static func currentDirectory() -> String {
    guard let path = getcwd(nil, 0) else { return "." }
    defer { free(path) }
    return String(cString: path)
  }

  /// The message of the last failed call: "data.csv: cannot be read: no such file or directory".
  private static func trouble(_ what: String, _ path: String) -> Trouble {
    let code = errno
    var reason = String(cString: strerror(code))
    reason = reason.prefix(1).lowercased() + reason.dropFirst()
    return Trouble("\(what): \(reason)", file: path)
  }

  private static func retrying(_ call: () -> Int32) -> Int32 {
    while true {
      let result = call()
      if result >= 0 || errno != EINTR { return result }
    }
  }
}
