#include "CICU.h"

#include <string.h>
#include <unicode/uloc.h>
#include <unicode/uversion.h>

int32_t concord_icu_maximize(const char *tag, char *out, int32_t capacity) {
  UErrorCode error = U_ZERO_ERROR;
  char locale[ULOC_FULLNAME_CAPACITY], full[ULOC_FULLNAME_CAPACITY];
  int32_t parsed = 0;
  uloc_forLanguageTag(tag, locale, sizeof locale, &parsed, &error);
  if (U_FAILURE(error) || parsed != (int32_t)strlen(tag)) return -1;
  uloc_addLikelySubtags(locale, full, sizeof full, &error);
  int32_t length = uloc_toLanguageTag(full, out, capacity, 0, &error);
  return U_FAILURE(error) || error == U_STRING_NOT_TERMINATED_WARNING ? -1 : length;
}

int32_t concord_icu_version(void) {
  UVersionInfo version;
  u_getVersion(version);
  return version[0];
}
