#include <string.h>

#include "collector.h"

/// Two cursors: on the text that gumbo made, and on the source that it made it from.
struct aligner {
  struct collector *collector;
  const uint8_t *text, *source;
  size_t t, textLength, s, length;
  /// Where the run of bytes that stand in both began in the source.
  size_t runStart;
  uint32_t base;
};

static size_t scalar_length(uint8_t first) {
  return first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC0 ? 2 : 1;
}

static int is_letter(uint8_t byte) { return (uint8_t)((byte | 0x20) - 'a') < 26; }
static int is_digit(uint8_t byte) { return (uint8_t)(byte - '0') < 10; }
static int is_hex(uint8_t byte) { return is_digit(byte) || (uint8_t)((byte | 0x20) - 'a') < 6; }

static void end_run(struct aligner *a) {
  if (a->s > a->runStart) {
    concord_html_event event = {concord_html_text, 0, 0, 0, a->base + (uint32_t)a->runStart,
                                (uint32_t)(a->s - a->runStart), 0, 0};
    concord_html_add(a->collector, event);
  }
  a->runStart = a->s;
}

/// Says that some bytes of the source stand for some of the text.
static void replace(struct aligner *a, size_t sourceCount, size_t textCount) {
  end_run(a);
  concord_html_event event = {concord_html_reference, 0, 0, 0, a->base + (uint32_t)a->s,
                              (uint32_t)sourceCount, 0, 0};
  concord_html_add_text(a->collector, event, (const char *)a->text + a->t, textCount);
  a->s += sourceCount;
  a->t += textCount;
  a->runStart = a->s;
}

/// Whether gumbo put U+FFFD in the place of a control character; the document's own stays.
static int is_replaced(const struct aligner *a, size_t s, size_t t) {
  const char *replacement = "\xEF\xBF\xBD";
  return a->textLength - t >= 3 && memcmp(a->text + t, replacement, 3) == 0 &&
         (a->length - s < 3 || memcmp(a->source + s, replacement, 3) != 0);
}

/// How well the source from `s` on fits the text from `t` on: bytes until either ends or another
/// reference or tag begins. -1 when they differ.
static int fit(const struct aligner *a, size_t s, size_t t) {
  const int enough = 12;
  int count = 0;
  while (count < enough && s < a->length && t < a->textLength) {
    uint8_t byte = a->source[s];
    if (byte == '&' || byte == '<' || byte == '\r' || is_replaced(a, s, t)) return count;
    if (byte != a->text[t]) return -1;
    s++, t++, count++;
  }
  if (s == a->length && t < a->textLength) return -1;
  return count;
}

/// The longest stretch that may be the reference at `s`.
static size_t reference_length(const struct aligner *a, int *isNumber) {
  size_t s = a->s + 1;
  *isNumber = s < a->length && a->source[s] == '#';
  if (*isNumber) {
    s++;
    int isHex = s < a->length && (a->source[s] | 0x20) == 'x';
    size_t digits = s += (size_t)isHex;
    while (s < a->length && (isHex ? is_hex(a->source[s]) : is_digit(a->source[s]))) s++;
    if (s == digits) return 0;
  } else {
    // The longest name that HTML knows has 31 letters.
    while (s < a->length && s - a->s <= 32 && (is_letter(a->source[s]) || is_digit(a->source[s])))
      s++;
    if (s == a->s + 1) return 0;
  }
  if (s < a->length && a->source[s] == ';') s++;
  return s - a->s;
}

/// Steps over a reference. 0 when it is no reference, but an ampersand.
static int take_reference(struct aligner *a) {
  int isNumber = 0;
  size_t longest = reference_length(a, &isNumber);
  if (longest == 0 || a->t >= a->textLength) return 0;
  if (a->text[a->t] == '&' && !isNumber) {
    // Of the names only "amp" stands for an ampersand; "&amp" needs no semicolon.
    if (longest < 4 || (a->source[a->s + 1] | 0x20) != 'a' ||
        (a->source[a->s + 2] | 0x20) != 'm' || (a->source[a->s + 3] | 0x20) != 'p')
      return 0;
    size_t count = longest >= 5 && a->source[a->s + 4] == ';' ? 5 : 4;
    replace(a, count, 1);
    return 1;
  }
  size_t one = scalar_length(a->text[a->t]);
  // A few names stand for two characters, the second of which is a combining one; "fjlig" for "fj".
  size_t two = one;
  if (a->t + one < a->textLength &&
      (a->text[a->t + one] >= 0x80 || (a->text[a->t] == 'f' && a->text[a->t + one] == 'j')))
    two += scalar_length(a->text[a->t + one]);
  size_t bestLength = longest, bestText = one;
  int best = -1;
  size_t shortest = isNumber ? longest : 3;
  for (size_t n = longest; n >= shortest && n > 1 && best < 1; n--) {
    int fits = fit(a, a->s + n, a->t + one), fitsTwo = isNumber ? -1 : fit(a, a->s + n, a->t + two);
    if (fits > best) best = fits, bestLength = n, bestText = one;
    if (fitsTwo > best && two > one) best = fitsTwo, bestLength = n, bestText = two;
  }
  if (a->t + bestText > a->textLength) bestText = a->textLength - a->t;
  replace(a, bestLength, bestText);
  return 1;
}

/// Where a tag or comment ends that left no trace in the tree.
static size_t ignored_end(const struct aligner *a) {
  size_t s = a->s + 1;
  if (a->length - a->s >= 4 && memcmp(a->source + a->s, "<!--", 4) == 0) {
    for (s += 3; s + 2 < a->length; s++)
      if (memcmp(a->source + s, "-->", 3) == 0) return s + 3;
    return a->length;
  }
  uint8_t quote = 0;
  for (; s < a->length; s++) {
    uint8_t byte = a->source[s];
    if (quote != 0) {
      if (byte == quote) quote = 0;
    } else if ((byte == '"' || byte == '\'') && a->source[s - 1] == '=') {
      quote = byte;
    } else if (byte == '>') {
      return s + 1;
    }
  }
  return a->length;
}

static int is_ignored_tag(const struct aligner *a) {
  if (a->s + 1 >= a->length) return 0;
  uint8_t next = a->source[a->s + 1];
  return is_letter(next) || next == '/' || next == '!' || next == '?';
}

void concord_html_align(struct collector *collector, const char *text, size_t textLength,
                        uint32_t start, uint32_t length, int isRaw) {
  struct aligner a = {.collector = collector,
                      .text = (const uint8_t *)text,
                      .source = collector->source + start,
                      .textLength = textLength,
                      .length = length,
                      .base = start};
  while (a.t < a.textLength && a.s < a.length) {
    uint8_t byte = a.source[a.s];
    if (byte == '&' && take_reference(&a)) continue;
    if (byte == '<' && !isRaw && is_ignored_tag(&a)) {
      end_run(&a);
      a.runStart = a.s = ignored_end(&a);
    } else if (is_replaced(&a, a.s, a.t)) {
      size_t count = scalar_length(byte);
      a.s += count <= a.length - a.s ? count : a.length - a.s;
      a.t += 3;
    } else if (byte == a.text[a.t]) {
      a.s++;
      a.t++;
    } else if (byte == '\r' && a.text[a.t] == '\n') {
      a.s += a.s + 1 < a.length && a.source[a.s + 1] == '\n' ? 2 : 1;
      a.t++;
    } else {
      break;
    }
  }
  end_run(&a);
  // What cannot be told apart is one piece: no text is lost.
  if (a.t < a.textLength) replace(&a, a.length - a.s, a.textLength - a.t);
}
