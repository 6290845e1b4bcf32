internal import GRDB

extension Database {
  /// Lets operations be done again and forgotten, keeps in mind what they replaced, and takes away
  /// an index that nobody asks.
  ///
  /// The columns `sourceLength`, `targetLength` and `targetHash` of `unit` are not read either.
  /// Dropping them would write every row of a memory again, and its size in the log beside it, to
  /// gain a hundredth: they stay, and new rows have nothing in them.
  func extendMemoryOperations() throws {
    try execute(
      sql: """
        DROP INDEX IF EXISTS unitByTargetHash;
        -- In which order operations were done, undone and done again: the last time counts.
        ALTER TABLE memoryOperation ADD COLUMN turn INTEGER NOT NULL DEFAULT 0;
        UPDATE memoryOperation SET turn = number;
        -- 1 when its copies of units were dropped.
        ALTER TABLE memoryOperation ADD COLUMN isForgotten INTEGER NOT NULL DEFAULT 0;
        -- What these did was not kept.
        UPDATE memoryOperation SET isForgotten = 1 WHERE undone IS NOT NULL;
        -- formerUnit has of an operation that is undone what units were after it too, under its
        -- number with a minus.
        -- Of an operation that is undone: which one had changed a unit before it and stood. It can
        -- be done again where that is the unit's last one. No row: none had.
        CREATE TABLE redoCondition (
          operation INTEGER NOT NULL, unit INTEGER NOT NULL, below INTEGER NOT NULL,
          PRIMARY KEY (operation, unit)
        ) WITHOUT ROWID;
        -- Units that maintenance took out or changed, and which unit stands for each: a file that
        -- has them still has nothing new.
        CREATE TABLE replacedUnit (
          unit INTEGER NOT NULL, operation INTEGER NOT NULL, successor INTEGER NOT NULL,
          -- Hashes: of languages, texts and origin; of what else its file said, NULL without one.
          texts INTEGER NOT NULL, identity INTEGER,
          PRIMARY KEY (unit, operation)
        ) WITHOUT ROWID;
        CREATE INDEX replacedUnitByTexts ON replacedUnit(texts);
        -- Units whose texts made way for those of a file after maintenance had touched the memory.
        CREATE TABLE rewrittenUnit (
          unit INTEGER NOT NULL, operation INTEGER NOT NULL, PRIMARY KEY (unit, operation)
        ) WITHOUT ROWID;
        """)
  }
}
