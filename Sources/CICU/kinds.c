#include "kinds.h"

#include <stdlib.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ures.h>
#include <unicode/uscript.h>

struct concord_kind_data {
  const UNormalizer2 *normalizer;
  // By the short name of a script; the second one holds neural models and may be absent.
  UResourceBundle *dictionaries, *models;
};

int concord_kinds_open(concord_kinds *kinds) {
  UErrorCode error = U_ZERO_ERROR, none = U_ZERO_ERROR;
  struct concord_kind_data *data = calloc(1, sizeof *data);
  if (data == NULL) return 0;
  kinds->data = data;
  data->normalizer = unorm2_getNFKCInstance(&error);
  UResourceBundle *root = ures_open(U_ICUDATA_NAME "-brkitr", "", &error);
  data->dictionaries = ures_getByKey(root, "dictionaries", NULL, &error);
  if (U_SUCCESS(error)) data->models = ures_getByKey(root, "lstm", NULL, &none);
  ures_close(root);
  return U_SUCCESS(error);
}

void concord_kinds_close(concord_kinds *kinds) {
  if (kinds->data == NULL) return;
  ures_close(kinds->data->dictionaries);
  ures_close(kinds->data->models);
  free(kinds->data);
}

static int has_script(const UResourceBundle *table, const char *name) {
  if (table == NULL) return 0;
  UErrorCode error = U_ZERO_ERROR;
  UResourceBundle *entry = ures_getByKey(table, name, NULL, &error);
  ures_close(entry);
  return U_SUCCESS(error);
}

static uint8_t kind_of(const struct concord_kind_data *data, UChar32 point) {
  UErrorCode error = U_ZERO_ERROR;
  UScriptCode script = uscript_getScript(point, &error);
  // The sound marks are common to both kana.
  if (script != USCRIPT_HAN && script != USCRIPT_HIRAGANA && script != USCRIPT_KATAKANA &&
      point != 0x30FC && point != 0xFF70 && point != 0xFF9E && point != 0xFF9F) {
    const char *name = uscript_getShortName(script);
    int isForeign = has_script(data->dictionaries, name) || has_script(data->models, name);
    return isForeign ? CONCORD_KIND_FOREIGN : CONCORD_KIND_LEFT;
  }
  int32_t quickCheck = u_getIntPropertyValue(point, UCHAR_NFKC_QUICK_CHECK);
  // None of these characters is such that only its neighbours could tell.
  if (quickCheck == UNORM_MAYBE) return CONCORD_KIND_FOREIGN;
  uint8_t kind = CONCORD_KIND_CHINESE;
  if (quickCheck == UNORM_NO) kind |= CONCORD_KIND_CHANGES;
  if (!unorm2_hasBoundaryBefore(data->normalizer, point)) kind |= CONCORD_KIND_JOINS;
  return kind;
}

uint8_t concord_kinds_find(concord_kinds *kinds, uint32_t point) {
  uint8_t kind = kind_of(kinds->data, (UChar32)point);
  if (point < 0x10000) kinds->known[point] = kind;
  return kind;
}

int concord_same_script(uint32_t first, uint32_t second) {
  UErrorCode error = U_ZERO_ERROR;
  return uscript_getScript((UChar32)first, &error) == uscript_getScript((UChar32)second, &error);
}
