#include "CICU.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/ucnv.h>
#include <unicode/ucnv_err.h>
#include <unicode/ucsdet.h>
#include <unicode/ustring.h>
#include <unicode/utf16.h>
#include <unicode/utf8.h>

#include "growth.h"

int32_t concord_icu_detect(const uint8_t *bytes, int32_t length, char name[64]) {
  UErrorCode error = U_ZERO_ERROR;
  int32_t confidence = -1;
  UCharsetDetector *detector = ucsdet_open(&error);
  if (U_FAILURE(error)) return -1;
  ucsdet_setText(detector, (const char *)bytes, length, &error);
  const UCharsetMatch *match = ucsdet_detect(detector, &error);
  if (U_SUCCESS(error) && match != NULL) {
    strncpy(name, ucsdet_getName(match, &error), 63);
    name[63] = 0;
    confidence = ucsdet_getConfidence(match, &error);
  }
  ucsdet_close(detector);
  return U_SUCCESS(error) ? confidence : -1;
}

/// A text that grows while it is decoded.
typedef struct {
  uint8_t *text;
  int32_t *starts;
  int32_t length, capacity, count, startCapacity;
  /// The first half of a surrogate pair whose second is in the next piece, else 0.
  UChar lead;
  int32_t leadStart;
} decoded;

static int append(decoded *d, UChar32 scalar, int32_t start) {
  if (!concord_grow((void **)&d->text, &d->capacity, d->length + 4, 1) ||
      !concord_grow((void **)&d->starts, &d->startCapacity, d->count + 1, sizeof(int32_t)))
    return 0;
  U8_APPEND_UNSAFE(d->text, d->length, scalar);
  d->starts[d->count++] = start;
  return 1;
}

/// Appends a piece of UTF-16; `offsets` count from `base`, or are -1 for what ICU had kept back.
static int append_units(decoded *d, const UChar *units, const int32_t *offsets, int32_t count,
                        int32_t base) {
  int32_t start = base;
  for (int32_t i = 0; i < count; i++) {
    if (offsets[i] >= 0) start = base + offsets[i];
    UChar unit = units[i];
    if (d->lead != 0) {
      // No converter gives half a pair.
      UChar32 scalar = U16_IS_TRAIL(unit) ? U16_GET_SUPPLEMENTARY(d->lead, unit) : 0xFFFD;
      if (!append(d, scalar, d->leadStart)) return 0;
      d->lead = 0;
    } else if (U16_IS_LEAD(unit)) {
      d->lead = unit;
      d->leadStart = start;
    } else if (!append(d, U16_IS_SURROGATE(unit) ? 0xFFFD : unit, start)) {
      return 0;
    }
  }
  return 1;
}

enum { pieceSize = 4096 };

int32_t concord_icu_decode(const char *encoding, const uint8_t *bytes, int32_t length,
                           uint8_t **text, int32_t **starts, concord_icu_damage *damage,
                           int32_t *status) {
  UErrorCode error = U_ZERO_ERROR;
  UChar units[pieceSize];
  int32_t offsets[pieceSize];
  decoded d = {0};
  *text = NULL;
  *starts = NULL;
  damage->count = 0;
  UConverter *converter = ucnv_open(encoding, &error);
  if (U_FAILURE(error)) {
    *status = error;
    return -1;
  }
  ucnv_setToUCallBack(converter, UCNV_TO_U_CALLBACK_STOP, NULL, NULL, NULL, &error);
  const char *start = (const char *)bytes, *source = start, *stop = start + length;
  // Never empty, so that the caller has something to hold.
  int hasMemory = concord_grow((void **)&d.text, &d.capacity, length + 1, 1) &&
                  concord_grow((void **)&d.starts, &d.startCapacity, 1, sizeof(int32_t));
  while (hasMemory) {
    int32_t base = (int32_t)(source - start);
    UChar *end = units;
    error = U_ZERO_ERROR;
    ucnv_toUnicode(converter, &end, units + pieceSize, &source, stop, offsets, 1, &error);
    hasMemory = append_units(&d, units, offsets, (int32_t)(end - units), base);
    if (error == U_BUFFER_OVERFLOW_ERROR) continue;
    if (U_SUCCESS(error)) break;
    char invalid[16];
    int8_t invalidLength = sizeof invalid;
    UErrorCode second = U_ZERO_ERROR;
    ucnv_getInvalidChars(converter, invalid, &invalidLength, &second);
    if (U_FAILURE(second) || invalidLength < 0) invalidLength = 0;
    int32_t place = (int32_t)(source - start) - invalidLength;
    if (!damage->isAllowed || invalidLength == 0) {
      damage->first = place;
      break;
    }
    if (damage->count < damage->capacity)
      damage->places[damage->count] = (concord_icu_range){place, place + invalidLength};
    damage->count++;
    hasMemory = append(&d, 0xFFFD, place);
    // A character that is cut short ends the text, and with it the converter's work.
    if (source == stop) {
      error = U_ZERO_ERROR;
      break;
    }
  }
  ucnv_close(converter);
  if (!hasMemory) error = U_MEMORY_ALLOCATION_ERROR;
  *status = error;
  if (U_FAILURE(error)) {
    free(d.text);
    free(d.starts);
    return -1;
  }
  *text = d.text;
  *starts = d.starts;
  return d.length;
}

int32_t concord_icu_encode(const char *encoding, const uint8_t *text, int32_t length,
                           uint8_t **bytes, int32_t *status) {
  UErrorCode error = U_ZERO_ERROR;
  *bytes = NULL;
  // A byte of UTF-8 makes one unit of UTF-16 at the most.
  UChar *units = malloc(((size_t)length + 1) * sizeof(UChar));
  UConverter *converter = ucnv_open(encoding, &error);
  int32_t count = 0, size = -1;
  if (units != NULL && U_SUCCESS(error)) {
    u_strFromUTF8(units, length + 1, &count, (const char *)text, length, &error);
    // Nothing may be written in place of what the encoding lacks.
    ucnv_setFromUCallBack(converter, UCNV_FROM_U_CALLBACK_STOP, NULL, NULL, NULL, &error);
    int64_t capacity = UCNV_GET_MAX_BYTES_FOR_STRING((int64_t)count, ucnv_getMaxCharSize(converter));
    if (U_SUCCESS(error) && capacity <= INT32_MAX) {
      *bytes = malloc((size_t)capacity + 1);
      if (*bytes != NULL)
        size = ucnv_fromUChars(converter, (char *)*bytes, (int32_t)capacity, units, count, &error);
    }
  }
  ucnv_close(converter);
  free(units);
  *status = error;
  if (U_SUCCESS(error) && size >= 0) return size;
  free(*bytes);
  *bytes = NULL;
  return -1;
}
