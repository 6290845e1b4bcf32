#ifndef CONCORD_ICU_H
#define CONCORD_ICU_H

#include <stdint.h>

// ICU behind opaque functions that do a whole text at a call. Offsets are bytes of UTF-8 unless
// said otherwise. A status is ICU's UErrorCode: above 0 is a failure. Lengths are checked by ICU
// itself and must fit in 31 bits.

// MARK: Boundaries

typedef struct concord_icu_breaker concord_icu_breaker;

/// Opens a sentence ('s') or word ('w') iterator of a locale such as "en@ss=standard".
concord_icu_breaker *concord_icu_breaker_open(char kind, const char *locale, int32_t *status);
void concord_icu_breaker_close(concord_icu_breaker *breaker);

/// Finds all boundaries of `text` after its start, the last one being its end.
///
/// The arrays belong to the breaker and hold until its next call: `*boundaries` the offsets,
/// `*isWord` 1 where the stretch before the boundary holds letters, digits or ideographs (words
/// only). Returns how many there are, or -1 and a status.
int32_t concord_icu_breaker_run(concord_icu_breaker *breaker, const uint8_t *text, int32_t length,
                                const int32_t **boundaries, const uint8_t **isWord,
                                int32_t *status);

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

/// Fills a table of the ideographs U+4E00…U+9FFF with their simplified (`toSimplified` 1) or
/// traditional forms; what maps to anything but one ideograph of the range maps to itself.
/// Returns the status.
int32_t concord_icu_han_table(int32_t toSimplified, uint16_t table[0x5200]);

/// Writes the Latin letters without accents for a Chinese name ("chen qing yang"), in ASCII.
/// Returns the length, or -1.
int32_t concord_icu_pinyin(const uint8_t *text, int32_t length, uint8_t *out, int32_t capacity);

// MARK: Locales

/// Writes the tag with its likely script and region ("zh" becomes "zh-Hans-CN"). Returns the
/// length, or -1 when ICU does not know the tag.
int32_t concord_icu_maximize(const char *tag, char *out, int32_t capacity);

#endif
