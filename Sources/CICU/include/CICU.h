#ifndef CONCORD_ICU_H
#define CONCORD_ICU_H

#include <stddef.h>
#include <stdint.h>

// ICU behind opaque functions that do a whole text at a call. Offsets are bytes of UTF-8 unless
// said otherwise. A status is ICU's UErrorCode: above 0 is a failure. Lengths of 32 bits are
// checked by ICU itself.

// MARK: Boundaries

typedef struct concord_icu_breaker concord_icu_breaker;

/// Takes a batch of boundaries in ascending order, each the offset times two, plus 1 where the
/// stretch before it holds letters, digits or ideographs (told by word breakers alone).
typedef void (*concord_icu_sink)(void *context, const uint64_t *boundaries, size_t count);

/// Opens a breaker for sentences ('s'), words ('w') or grapheme clusters ('g') of a locale such as
/// "en@ss=standard". With `usesICU` ICU itself finds the boundaries, else ICU's rules run here
/// wherever their form is known: the boundaries are the same.
concord_icu_breaker *concord_icu_breaker_open(char kind, const char *locale, int usesICU,
                                              int32_t *status);
void concord_icu_breaker_close(concord_icu_breaker *breaker);

/// Hands all boundaries of `text` after its start, the last one being its end, to `sink`.
///
/// Returns 0 where memory ran out; the rest of the text is then one stretch.
int concord_icu_breaker_run(concord_icu_breaker *breaker, const uint8_t *text, size_t length,
                            void *context, concord_icu_sink sink);

// MARK: Learnt words

/// A word of ideographs or kana that was learnt, or the beginning of one.
typedef struct {
  uint64_t key;   // 0: a free place
  uint32_t cost;  // CONCORD_ICU_NO_COST for what is no word itself
} concord_icu_word;

#define CONCORD_ICU_NO_COST UINT32_MAX
/// Costs of learnt words are in so many parts of ICU's own, which are ten times a natural
/// logarithm.
#define CONCORD_ICU_COST_PARTS 16

/// The key of a word, character by character, from 0 on.
static inline uint64_t concord_icu_word_key(uint64_t key, uint32_t point) {
  // A step of the finaliser of MurmurHash3 (Appleby, 2011).
  key = (key ^ point) * 0xFF51AFD7ED558CCDu;
  key ^= key >> 32;
  return key + (key == 0);
}

/// ICU's cost of a word of its dictionary of Chinese and Japanese, or of a character that it does
/// not know; -1 for all else.
int32_t concord_icu_breaker_cost(concord_icu_breaker *breaker, const uint8_t *word,
                                 size_t length);

/// Gives words their learnt costs, beside which a word of the dictionary that was not learnt costs
/// `unlearnt` more than ICU says.
///
/// `words` is an open-addressed table of 2^n places with some free: a key stands at its low bits or
/// at the next free place. With each word it holds all its beginnings. The table is copied.
/// Returns 0 where memory ran out.
int concord_icu_breaker_learn(concord_icu_breaker *breaker, const concord_icu_word *words,
                              size_t count, uint32_t unlearnt);

// MARK: Character sets

/// Guesses the encoding of bytes. Writes an IANA name of at most 63 bytes and returns ICU's
/// confidence 0…100, or -1.
int32_t concord_icu_detect(const uint8_t *bytes, int32_t length, char name[64]);

/// Bytes of the input, the end exclusive.
typedef struct {
  int32_t start, end;
} concord_icu_range;

/// What could not be decoded.
typedef struct {
  /// Whether decoding goes on after it: the stretch becomes U+FFFD.
  int32_t isAllowed;
  /// The caller's array, for the first `capacity` stretches.
  concord_icu_range *places;
  int32_t capacity;
  /// How many stretches there are.
  int32_t count;
  /// The byte at which decoding ended, else as the caller left it.
  int32_t first;
} concord_icu_damage;

/// Converts bytes of an encoding to UTF-8; the caller frees `*text` and `*starts`.
///
/// `*starts` holds, for each character of the text, where it starts in the input. Returns the
/// length of the text, or -1: at an undecodable stretch that is not allowed, for want of memory,
/// and without a place when ICU does not know the encoding.
int32_t concord_icu_decode(const char *encoding, const uint8_t *bytes, int32_t length,
                           uint8_t **text, int32_t **starts, concord_icu_damage *damage,
                           int32_t *status);

/// Converts UTF-8 to an encoding; the caller frees `*bytes`.
///
/// Returns their length, or -1: where a character has no place in the encoding, for want of memory,
/// and where ICU does not know the encoding.
int32_t concord_icu_encode(const char *encoding, const uint8_t *text, int32_t length,
                           uint8_t **bytes, int32_t *status);

// MARK: Folding

/// A Unicode scalar and the bytes of the text that it came from.
typedef struct {
  uint32_t value, start, end;
} concord_icu_scalar;

/// What ``concord_icu_fold`` does beside canonical composition (NFC).
enum {
  /// Compatibility decomposition, except that of full- and half-width forms.
  CONCORD_FOLD_COMPATIBILITY = 1,
  /// The decomposition of full- and half-width forms.
  CONCORD_FOLD_WIDTH = 2,
  /// Full case folding.
  CONCORD_FOLD_CASE = 4,
  /// Default-ignorable characters are left out.
  CONCORD_FOLD_INVISIBLES = 8
};

/// Folds the scalars of a text to `out`; all four flags make the NFKC case folding. The scalars
/// that are normalised together have the bytes of all of them. Takes linear time.
///
/// Returns how many scalars there are, which may be above `capacity` (then only the first ones are
/// written), or -1 on failure.
int32_t concord_icu_fold(const concord_icu_scalar *text, int32_t count, uint32_t flags,
                         concord_icu_scalar *out, int32_t capacity);

/// Writes the Latin letters without accents for a Chinese name ("chen qing yang"), in ASCII.
/// Returns the length, or -1.
int32_t concord_icu_pinyin(const uint8_t *text, int32_t length, uint8_t *out, int32_t capacity);

// MARK: Simplified and traditional Chinese

typedef struct concord_icu_converter concord_icu_converter;

/// The longest text that ``concord_icu_convert`` takes, in bytes.
#define CONCORD_ICU_LONGEST_CONVERSION (1 << 24)

/// Opens what writes Chinese in simplified (`toSimplified` 1) or traditional characters: for one
/// thread at a time. Opening takes some milliseconds. On failure: NULL and a status.
concord_icu_converter *concord_icu_converter_open(int32_t toSimplified, int32_t *status);
void concord_icu_converter_close(concord_icu_converter *converter);

/// Converts a text of UTF-8; the caller frees `*out`. Returns its length, or -1.
int32_t concord_icu_convert(concord_icu_converter *converter, const uint8_t *text, int32_t length,
                            uint8_t **out);

// MARK: Sets and regular expressions

/// Writes the ranges of a set such as "[\\p{Lu}]", each its first and its last scalar.
///
/// `ignoreCase` 1 adds what differs in case alone. `capacity` counts ranges. Returns how many there
/// are, which may be above `capacity`, or -1 and a status.
int32_t concord_icu_set(const char *pattern, int32_t ignoreCase, uint32_t *ranges,
                        int32_t capacity, int32_t *status);

typedef struct concord_icu_regex concord_icu_regex;

/// Opens a regular expression in UTF-8. One match may take `steps` thousands of steps, about a
/// millisecond each; then its status is U_REGEX_TIME_OUT. On an error in the pattern: NULL,
/// and `*column` is its place, in UTF-16 units from 1.
concord_icu_regex *concord_icu_regex_open(const uint8_t *pattern, int32_t length,
                                          int32_t ignoreCase, int32_t steps, int32_t *column,
                                          int32_t *status);
void concord_icu_regex_close(concord_icu_regex *regex);

/// Sets the text, which is copied. Returns the status.
int32_t concord_icu_regex_set_text(concord_icu_regex *regex, const uint8_t *text, int32_t length);

/// Whether the text matches from `offset` on, or as a whole (`isWhole` 1). -1 on failure.
int32_t concord_icu_regex_matches(concord_icu_regex *regex, int32_t offset, int32_t isWhole,
                                  int32_t *status);

/// Finds where each match ends; the array holds until the next call. Returns how many
/// there are, or -1 and a status.
int32_t concord_icu_regex_ends(concord_icu_regex *regex, const int32_t **ends, int32_t *status);

/// Writes the name of a status ("U_REGEX_TIME_OUT") and returns its length.
int32_t concord_icu_regex_error_name(int32_t status, char *out, int32_t capacity);

// MARK: Locales

/// The major version of the library that is linked.
int32_t concord_icu_version(void);

/// Writes the tag with its likely script and region ("zh" becomes "zh-Hans-CN"). Returns the
/// length, or -1 when ICU does not know the tag.
int32_t concord_icu_maximize(const char *tag, char *out, int32_t capacity);

#endif
