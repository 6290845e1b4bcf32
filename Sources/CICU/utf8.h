#ifndef CONCORD_UTF8_H
#define CONCORD_UTF8_H

#include <stddef.h>
#include <stdint.h>

#define CONCORD_REPLACEMENT 0xFFFD

/// Reads the code point at `at`, which must be below `length`, and returns the place behind it.
///
/// Each maximal subpart of an ill-formed sequence (Unicode, section 3.9) is one U+FFFD, as in
/// ICU's conversions.
static inline size_t concord_utf8_next(const uint8_t *text, size_t at, size_t length,
                                       uint32_t *point) {
  uint32_t lead = text[at++];
  if (lead < 0x80) {
    *point = lead;
    return at;
  }
  *point = CONCORD_REPLACEMENT;
  if (lead < 0xC2 || lead > 0xF4 || at == length) return at;
  uint32_t second = text[at];
  if (lead < 0xE0) {
    if ((second & 0xC0) != 0x80) return at;
    *point = (lead & 0x1F) << 6 | (second & 0x3F);
    return at + 1;
  }
  // The second byte's range excludes overlong forms, surrogates and what lies above U+10FFFF.
  uint32_t low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
  uint32_t high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
  if (second < low || second > high) return at;
  if (++at == length || (text[at] & 0xC0) != 0x80) return at;
  uint32_t third = text[at++] & 0x3F;
  if (lead < 0xF0) {
    *point = (lead & 0xF) << 12 | (second & 0x3F) << 6 | third;
    return at;
  }
  if (at == length || (text[at] & 0xC0) != 0x80) return at;
  *point = (lead & 7) << 18 | (second & 0x3F) << 12 | third << 6 | (text[at] & 0x3F);
  return at + 1;
}

#endif
