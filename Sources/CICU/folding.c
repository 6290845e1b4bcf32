#include "CICU.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>
#include <unicode/utrans.h>
#include <unicode/utypes.h>

#include "growth.h"

/// Where the scalars of one span are worked on. A character becomes 18 at the most.
typedef struct {
  UChar32 *scalars;
  int32_t capacity, count;
} scalar_list;

typedef struct {
  const UNormalizer2 *nfc, *nfd, *nfkd, *folded;
  scalar_list canonical, mapped;
  UChar *units, *composed;
  int32_t unitCapacity, composedCapacity;
  uint32_t flags;
} folder;

static int append(scalar_list *list, UChar32 scalar) {
  if (!concord_grow((void **)&list->scalars, &list->capacity, list->count + 1, sizeof(UChar32)))
    return 0;
  list->scalars[list->count++] = scalar;
  return 1;
}

/// Puts each run of combining marks into canonical order, keeping marks of one class as they come.
/// ICU inserts them one by one, which takes quadratic time when there are very many.
static int sort_marks(scalar_list *list) {
  UChar32 *all = list->scalars;
  for (int32_t start = 0; start < list->count;) {
    if (u_getCombiningClass(all[start]) == 0) {
      start++;
      continue;
    }
    int32_t counts[257] = {0}, end = start;
    int sorted = 1;
    uint8_t last = 0;
    for (; end < list->count; end++) {
      uint8_t class = u_getCombiningClass(all[end]);
      if (class == 0) break;
      counts[class + 1]++;
      if (class < last) sorted = 0;
      last = class;
    }
    if (!sorted) {
      UChar32 *ordered = malloc((size_t)(end - start) * sizeof *ordered);
      if (ordered == NULL) return 0;
      for (int class = 0; class < 256; class++) counts[class + 1] += counts[class];
      for (int32_t i = start; i < end; i++) ordered[counts[u_getCombiningClass(all[i])]++] = all[i];
      memcpy(all + start, ordered, (size_t)(end - start) * sizeof *ordered);
      free(ordered);
    }
    start = end;
  }
  return 1;
}

static int is_dropped(const folder *f, UChar32 scalar) {
  return (f->flags & CONCORD_FOLD_INVISIBLES) != 0 &&
         u_hasBinaryProperty(scalar, UCHAR_DEFAULT_IGNORABLE_CODE_POINT);
}

/// Appends what one scalar, which has no canonical decomposition, becomes.
static int map_scalar(folder *f, UChar32 scalar, UErrorCode *error) {
  UChar units[64], folded[128];
  int32_t length = 0, kind = u_getIntPropertyValue(scalar, UCHAR_DECOMPOSITION_TYPE);
  uint32_t wanted =
      kind == U_DT_WIDE || kind == U_DT_NARROW ? CONCORD_FOLD_WIDTH : CONCORD_FOLD_COMPATIBILITY;
  length = (f->flags & wanted) ? unorm2_getDecomposition(f->nfkd, scalar, units, 64, error) : -1;
  if (length < 0) {
    length = 0;
    U16_APPEND_UNSAFE(units, length, scalar);
  }
  UChar *result = units;
  if (f->flags & CONCORD_FOLD_CASE) {
    length = u_strFoldCase(folded, 128, units, length, U_FOLD_CASE_DEFAULT, error);
    result = folded;
  }
  for (int32_t i = 0; U_SUCCESS(*error) && i < length;) {
    UChar32 next;
    U16_NEXT(result, i, length, next);
    if (!is_dropped(f, next) && !append(&f->mapped, next)) return 0;
  }
  return U_SUCCESS(*error);
}

/// Folds the scalars of one span to `f->composed`; returns its length, or -1.
static int32_t fold_span(folder *f, const concord_icu_scalar *span, int32_t count,
                         UErrorCode *error) {
  f->canonical.count = f->mapped.count = 0;
  for (int32_t i = 0; i < count; i++) {
    UChar parts[16];
    if (is_dropped(f, span[i].value)) continue;
    int32_t length = unorm2_getDecomposition(f->nfd, span[i].value, parts, 16, error);
    if (length < 0 && !append(&f->canonical, span[i].value)) return -1;
    for (int32_t j = 0; j < length;) {
      UChar32 next;
      U16_NEXT(parts, j, length, next);
      if (!append(&f->canonical, next)) return -1;
    }
  }
  // Ordered before the mapping too, since U+0345 becomes a letter when case is folded.
  if (!sort_marks(&f->canonical)) return -1;
  for (int32_t i = 0; i < f->canonical.count; i++)
    if (!map_scalar(f, f->canonical.scalars[i], error)) return -1;
  if (!sort_marks(&f->mapped)) return -1;
  int32_t wanted = f->mapped.count * 2, length = 0;
  if (!concord_grow((void **)&f->units, &f->unitCapacity, wanted, sizeof(UChar)) ||
      !concord_grow((void **)&f->composed, &f->composedCapacity, wanted, sizeof(UChar)))
    return -1;
  for (int32_t i = 0; i < f->mapped.count; i++)
    U16_APPEND_UNSAFE(f->units, length, f->mapped.scalars[i]);
  length = unorm2_normalize(f->nfc, f->units, length, f->composed, f->composedCapacity, error);
  return U_SUCCESS(*error) ? length : -1;
}

int32_t concord_icu_fold(const concord_icu_scalar *text, int32_t count, uint32_t flags,
                         concord_icu_scalar *out, int32_t capacity) {
  UErrorCode error = U_ZERO_ERROR;
  folder f = {.nfc = unorm2_getNFCInstance(&error),
              .nfd = unorm2_getNFDInstance(&error),
              .nfkd = unorm2_getNFKDInstance(&error),
              .folded = unorm2_getNFKCCasefoldInstance(&error),
              .flags = flags};
  int32_t written = U_SUCCESS(error) ? 0 : -1;
  for (int32_t start = 0; start < count && written >= 0;) {
    int32_t end = start + 1;
    // What stands before neither composes with the scalar nor changes places with it.
    while (end < count && !(unorm2_hasBoundaryBefore(f.nfc, text[end].value) &&
                            unorm2_hasBoundaryBefore(f.folded, text[end].value)))
      end++;
    int32_t length = fold_span(&f, text + start, end - start, &error);
    if (length < 0) written = -1;
    // The invisible characters at the ends belong to no character of the key.
    int32_t first = start, last = end - 1;
    while (first < last && is_dropped(&f, text[first].value)) first++;
    while (last > first && is_dropped(&f, text[last].value)) last--;
    for (int32_t i = 0; i < length; written++) {
      UChar32 scalar;
      U16_NEXT(f.composed, i, length, scalar);
      if (written < capacity)
        out[written] = (concord_icu_scalar){(uint32_t)scalar, text[first].start, text[last].end};
    }
    start = end;
  }
  free(f.canonical.scalars);
  free(f.mapped.scalars);
  free(f.units);
  free(f.composed);
  return written;
}

static UTransliterator *open_transliterator(const char *name, UErrorCode *error) {
  UChar id[64];
  u_uastrcpy(id, name);
  return utrans_openU(id, -1, UTRANS_FORWARD, NULL, 0, NULL, error);
}

int32_t concord_icu_pinyin(const uint8_t *text, int32_t length, uint8_t *out, int32_t capacity) {
  UErrorCode error = U_ZERO_ERROR;
  UTransliterator *transliterator = open_transliterator("Han-Latin; Latin-ASCII", &error);
  if (U_FAILURE(error)) return -1;
  // A Chinese character takes seven Latin letters at the most, and ICU works in place.
  int32_t unitCapacity = length * 4 + 16, count = 0, result = -1;
  UChar *units = malloc((size_t)unitCapacity * sizeof *units);
  if (units != NULL) {
    u_strFromUTF8(units, unitCapacity, &count, (const char *)text, length, &error);
    int32_t limit = count;
    utrans_transUChars(transliterator, units, &count, unitCapacity, 0, &limit, &error);
    if (U_SUCCESS(error)) u_strToUTF8((char *)out, capacity, &result, units, count, &error);
  }
  free(units);
  utrans_close(transliterator);
  return U_SUCCESS(error) ? result : -1;
}
