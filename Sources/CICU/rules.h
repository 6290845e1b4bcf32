#ifndef CONCORD_RULES_H
#define CONCORD_RULES_H

#include <stddef.h>
#include <stdint.h>

#include "pointmap.h"
#include "skip.h"

// ICU's compiled break rules, rewritten as a transducer that reads a character once.
//
// ICU runs its automaton from each boundary until it stops, and goes back to the last accepting
// place: a character behind a word is read twice, the full stop behind a word three times. Here a
// transition already holds which boundaries it proves and the state that the next stretch is in
// after the same character. Only where ICU would go back over more than one character does this go
// back, too.

/// A transition: the place of the next state's row in `transitions`, above these bits.
enum {
  CONCORD_BREAK_HERE = 1,     // a boundary stands before this character
  CONCORD_WORD_HERE = 2,      // and the stretch before it is a word
  CONCORD_BREAK_BEFORE = 4,   // a boundary stands before the previous character
  CONCORD_WORD_BEFORE = 8,    // and the stretch before that is a word
  CONCORD_LEAVES = 16,        // the automaton accepted before this character, not behind it
  CONCORD_GO_BACK = 32,       // a boundary stands where it accepted last: go on from there
  CONCORD_UNDECIDED = 64,     // it never accepted: it must run again from the last boundary
  CONCORD_DICTIONARY = 128,   // the character belongs to a script that a dictionary cuts
  CONCORD_CAN_SKIP = 256,     // the next row is one of those that calm characters do not leave
  CONCORD_NEXT_SHIFT = 9,
  CONCORD_BITS = (1 << CONCORD_NEXT_SHIFT) - 1,
  CONCORD_RARE =
      CONCORD_BREAK_BEFORE | CONCORD_GO_BACK | CONCORD_UNDECIDED | CONCORD_DICTIONARY,
};

#define CONCORD_NOT_CALM UINT32_MAX

typedef struct {
  concord_pointmap categories;
  uint8_t ascii[128];
  /// Categories from here on belong to scripts that a dictionary cuts.
  uint32_t dictionaryStart;
  uint32_t categoryCount, stateCount;

  // ICU's automaton: next states by state and category, and what each state means.
  uint16_t *states;
  uint8_t *accepts;
  uint8_t *isWord;
  uint32_t startState;
  int tellsWords;

  // The transducer. `ends` holds what the end of the text proves in the state of each row, as the
  // bits of a transition that reads no character.
  uint32_t *transitions;
  uint8_t *ends;
  uint32_t rowCount;

  // In the rows that can skip, calm characters neither prove a boundary nor leave these rows, and
  // the last of them alone decides the row: `calmNext` of its category, else CONCORD_NOT_CALM.
  // A byte not to stop at only belongs to calm characters.
  uint32_t calmNext[256];
  concord_stops stops;
  concord_skip *skipLong;  // NULL where stretches of calm bytes are short, as in words
} concord_rules;

/// What ICU's automaton reads at the end and, where the rules need it, at the start of a stretch.
enum { CONCORD_CATEGORY_END = 1, CONCORD_CATEGORY_START = 2 };

/// Reads the binary form of ICU's rules, or returns NULL where it is not what this code knows. Only
/// rules that tell words give some stretches a status above UBRK_WORD_NONE. The same rules are
/// built once; all threads share them, and they stay.
const concord_rules *concord_rules_open(const uint8_t *binary, size_t length, int tellsWords);

/// Makes the transducer from the automaton. Returns 0 without memory.
int concord_rules_build(concord_rules *rules);

/// The boundary that ICU's automaton finds behind `start`, which lies before `length`. Sets
/// `*isWord`, and `*hasDictionary` where the stretch holds characters of dictionary categories.
size_t concord_rules_next(const concord_rules *rules, const uint8_t *text, size_t start,
                          size_t length, int *isWord, int *hasDictionary);

#endif
