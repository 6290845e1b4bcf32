internal import Bitext
internal import Formats
internal import GRDB
internal import Matching

extension MemoryIndex {
  /// How far an update has come.
  typealias Progress = (_ done: Int, _ total: Int) -> Void

  /// A segment is merged with all newer ones unless it has so many times their units: so each unit is
  /// written again only as often as the memory grows by half, and segments stay few.
  private static let growth = 2
  /// A segment of whose units one in so many no longer holds is written anew.
  private static let deadShare = 4

  /// Brings the segments up to the rows.
  ///
  /// - Parameters:
  ///   - queue: the store, for writing.
  ///   - startsOver: whether to make all segments anew.
  ///   - waits: whether to wait for another process that is at it.
  ///   - progress: is told how many units were done.
  /// - Returns: whether the index is up to the rows now, or was.
  /// - Throws: `Trouble` when the files cannot be written, and SQLite's errors.
  func update(
    _ queue: DatabaseQueue, startsOver: Bool, waits: Bool, progress: Progress
  ) throws -> Bool {
    guard let lock = try folder.lock(waits: waits) else { return false }
    defer { withExtendedLifetime(lock) {} }
    let update = try queue.read { database in
      try draw(up: startsOver, database, progress)
    }
    guard let update else { return true }
    guard try queue.write({ try $0.replaceIndexManifest(update.manifest, of: update.generation) })
    else { return false }
    close()
    folder.removeAll(except: Set(update.manifest.segments.map(\.name)))
    return true
  }

  /// Writes the segments that are missing; `nil` when none are.
  private func draw(
    up startsOver: Bool, _ database: Database, _ progress: Progress
  ) throws -> (manifest: IndexManifest, generation: Int64)? {
    let generation = try Int64.fetchOne(database, sql: "SELECT generation FROM memoryIndex") ?? 0
    var manifest = IndexManifest()
    var segments: [MemorySegment] = []
    var isNew = try startsOver || database.memoryState() == nil
    if !isNew {
      manifest = try database.indexManifest()
      do {
        segments = try Self.open(manifest) { name throws(Trouble) in try folder.open(name) }
      } catch {
        (manifest, isNew) = (IndexManifest(), true)
      }
    }
    let changed = isNew ? [] : try database.changedUnits(after: manifest.lastChange)
    for (index, segment) in segments.enumerated() {
      manifest.segments[index].dead = manifest.segments[index].dead.merged(
        with: changed, in: segment)
    }
    let before = (manifest.lastUnit, manifest.lastChange, manifest.segments.count)
    try addSegments(changed, database, &manifest, &segments, progress)
    manifest.lastChange =
      try Int64.fetchOne(database, sql: "SELECT ifnull(max(number), 0) FROM unitChange") ?? 0
    manifest.lastChange = max(manifest.lastChange, before.1)
    let hasNews =
      isNew || (manifest.lastUnit, manifest.lastChange, manifest.segments.count) != before
    guard hasNews else { return nil }
    try mergeSegments(&manifest, &segments)
    return (manifest, generation)
  }

  /// Writes segments of the rows that are in none.
  private func addSegments(
    _ changed: [Int64], _ database: Database, _ manifest: inout IndexManifest,
    _ segments: inout [MemorySegment], _ progress: Progress
  ) throws {
    let largest = segments.max { $0.unitCount < $1.unitCount }
    var builder = SegmentBuilder(like: largest)
    var done = 0
    let total =
      try Int.fetchOne(
        database, sql: "SELECT count(*) FROM unit WHERE id > ?", arguments: [manifest.lastUnit])
      ?? 0
    func write() throws {
      let count = builder.unitCount
      let name = try folder.write { try builder.write(to: $0) }
      let segment = try folder.open(name)
      segments.append(segment)
      manifest.segments.append(
        IndexManifest.Segment(name: name, unitCount: count, size: segment.size, dead: []))
      // All segments of one run share their tables of symbols, so that merging copies codes.
      builder = SegmentBuilder(like: largest ?? segments.first)
      done += count
      progress(done, total)
    }
    try database.forEachKey(after: manifest.lastUnit, changed) { row in
      if builder.isFull || !builder.takes(row.id) { try write() }
      builder.add(unit: row.id, source: row.source, target: row.target)
      manifest.lastUnit = max(manifest.lastUnit, row.id)
    }
    if !builder.isEmpty { try write() }
  }

  /// Merges the newest segments as long as they are many for their size.
  private func mergeSegments(
    _ manifest: inout IndexManifest, _ segments: inout [MemorySegment]
  ) throws {
    var first = max(0, segments.count - 1)
    var sum = 0
    for index in segments.indices.reversed() {
      guard SegmentMerger.canMerge(Array(segments[index...])) else { break }
      if segments[index].unitCount < Self.growth * sum { first = index }
      sum += segments[index].unitCount
    }
    // What is worn and is not merged is written anew by itself.
    for index in 0..<(segments.count - first > 1 ? first : segments.count)
    where manifest.segments[index].dead.count * Self.deadShare > segments[index].unitCount {
      try merge(index..<index + 1, &manifest, &segments)
    }
    if segments.count - first > 1 { try merge(first..<segments.count, &manifest, &segments) }
  }

  private func merge(
    _ range: Range<Int>, _ manifest: inout IndexManifest, _ segments: inout [MemorySegment]
  ) throws {
    let merger = SegmentMerger(
      range.map { SegmentMerger.Source(segments[$0], dead: manifest.segments[$0].dead) })
    let name = try folder.write { try merger.write(to: $0).checksum }
    let segment = try folder.open(name)
    segments.replaceSubrange(range, with: [segment])
    manifest.segments.replaceSubrange(
      range,
      with: [
        IndexManifest.Segment(
          name: name, unitCount: segment.unitCount, size: segment.size, dead: [])
      ])
  }
}
