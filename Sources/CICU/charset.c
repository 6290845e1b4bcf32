#include "CICU.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/ucnv.h>
#include <unicode/ucnv_err.h>
#include <unicode/ucsdet.h>
#include <unicode/utf16.h>
#include <unicode/utf8.h>

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

int32_t concord_icu_decode(const char *encoding, const uint8_t *bytes, int32_t length,
                           uint8_t **text, int32_t **sources, concord_icu_damage *damage,
                           int32_t *status) {
  UErrorCode error = U_ZERO_ERROR;
  *text = NULL;
  *sources = NULL;
  UConverter *converter = ucnv_open(encoding, &error);
  if (U_FAILURE(error)) {
    *status = error;
    return -1;
  }
  ucnv_setToUCallBack(converter, UCNV_TO_U_CALLBACK_STOP, NULL, NULL, NULL, &error);
  // No byte of a supported encoding gives more than two UTF-16 units.
  size_t capacity = 2 * (size_t)length + 2;
  UChar *units = malloc(capacity * sizeof *units);
  int32_t *offsets = malloc(capacity * sizeof *offsets);
  uint8_t *out = malloc(3 * capacity);
  int32_t *outSources = malloc(3 * capacity * sizeof *outSources);
  int32_t count = -1;
  damage->count = 0;
  if (units == NULL || offsets == NULL || out == NULL || outSources == NULL) {
    error = U_MEMORY_ALLOCATION_ERROR;
  } else {
    UChar *end = units;
    const char *start = (const char *)bytes, *source = start, *stop = start + length;
    for (;;) {
      const char *from = source;
      UChar *written = end;
      error = U_ZERO_ERROR;
      ucnv_toUnicode(converter, &end, units + capacity, &source, stop, offsets + (end - units), 1,
                     &error);
      // Offsets count from where the call began.
      for (UChar *unit = written; unit < end; unit++)
        offsets[unit - units] += (int32_t)(from - start);
      if (U_SUCCESS(error) || !damage->isAllowed) break;
      char invalid[16];
      int8_t invalidLength = sizeof invalid;
      UErrorCode second = U_ZERO_ERROR;
      ucnv_getInvalidChars(converter, invalid, &invalidLength, &second);
      if (U_FAILURE(second) || invalidLength <= 0) break;
      int32_t place = (int32_t)(source - start) - invalidLength;
      if (damage->count < damage->capacity)
        damage->places[damage->count] = (concord_icu_range){place, place + invalidLength};
      damage->count++;
      offsets[end - units] = place;
      *end++ = 0xFFFD;
      // A file that is cut short ends the text, and with it the converter's work.
      if (source == stop) {
        error = U_ZERO_ERROR;
        break;
      }
    }
    if (U_FAILURE(error)) {
      char invalid[16];
      int8_t invalidLength = sizeof invalid;
      UErrorCode second = U_ZERO_ERROR;
      ucnv_getInvalidChars(converter, invalid, &invalidLength, &second);
      damage->first = (int32_t)(source - start) - (U_SUCCESS(second) ? invalidLength : 0);
    } else {
      int32_t unitCount = (int32_t)(end - units);
      count = 0;
      for (int32_t i = 0; i < unitCount;) {
        int32_t from = offsets[i], start = count;
        UChar32 scalar;
        U16_NEXT(units, i, unitCount, scalar);
        if (U_IS_SURROGATE(scalar)) scalar = 0xFFFD;
        U8_APPEND_UNSAFE(out, count, scalar);
        for (int32_t byte = start; byte < count; byte++) outSources[byte] = from;
      }
    }
  }
  ucnv_close(converter);
  free(units);
  free(offsets);
  if (count < 0) {
    free(out);
    free(outSources);
  } else {
    *text = out;
    *sources = outSources;
  }
  *status = error;
  return count;
}
