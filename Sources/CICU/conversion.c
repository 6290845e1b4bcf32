#include "CICU.h"

#include <stdlib.h>
#include <unicode/ustring.h>
#include <unicode/utrans.h>

#include "growth.h"

struct concord_icu_converter {
  UTransliterator *transliterator;
  UChar *units;
  int32_t capacity;
};

concord_icu_converter *concord_icu_converter_open(int32_t toSimplified, int32_t *status) {
  UErrorCode error = U_ZERO_ERROR;
  UChar id[32];
  u_uastrcpy(id, toSimplified ? "Traditional-Simplified" : "Simplified-Traditional");
  concord_icu_converter *converter = calloc(1, sizeof *converter);
  if (converter == NULL) {
    *status = U_MEMORY_ALLOCATION_ERROR;
    return NULL;
  }
  converter->transliterator = utrans_openU(id, -1, UTRANS_FORWARD, NULL, 0, NULL, &error);
  *status = error;
  if (U_SUCCESS(error)) return converter;
  free(converter);
  return NULL;
}

void concord_icu_converter_close(concord_icu_converter *converter) {
  if (converter == NULL) return;
  utrans_close(converter->transliterator);
  free(converter->units);
  free(converter);
}

/// Transliterates in place; a phrase may become longer than it was. Returns the length or -1.
static int32_t transliterate(concord_icu_converter *converter, const uint8_t *text, int32_t length,
                             UErrorCode *error) {
  for (int32_t wanted = length + 16;; wanted *= 2) {
    if (!concord_grow((void **)&converter->units, &converter->capacity, wanted, sizeof(UChar)))
      return -1;
    int32_t count = 0;
    *error = U_ZERO_ERROR;
    u_strFromUTF8(converter->units, converter->capacity, &count, (const char *)text, length, error);
    int32_t limit = count;
    if (U_SUCCESS(*error))
      utrans_transUChars(converter->transliterator, converter->units, &count, converter->capacity,
                         0, &limit, error);
    if (U_SUCCESS(*error)) return count;
    // Nothing becomes eight times as long.
    if (*error != U_BUFFER_OVERFLOW_ERROR || wanted > length * 8) return -1;
  }
}

int32_t concord_icu_convert(concord_icu_converter *converter, const uint8_t *text, int32_t length,
                            uint8_t **out) {
  *out = NULL;
  if (length > CONCORD_ICU_LONGEST_CONVERSION) return -1;
  UErrorCode error = U_ZERO_ERROR;
  int32_t count = transliterate(converter, text, length, &error);
  if (count < 0) return -1;
  // A UTF-16 unit takes three bytes of UTF-8 at the most.
  int32_t result = 0, capacity = count * 3 + 1;
  uint8_t *bytes = malloc((size_t)capacity);
  if (bytes == NULL) return -1;
  u_strToUTF8((char *)bytes, capacity, &result, converter->units, count, &error);
  if (U_SUCCESS(error)) {
    *out = bytes;
    return result;
  }
  free(bytes);
  return -1;
}
