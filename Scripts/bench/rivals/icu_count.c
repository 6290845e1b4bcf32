// Counts boundaries with ICU's own iterator over UTF-16: what Concord's engine is measured against.
//
// usage: icu_count sentence|word|grapheme LOCALE FILE
// Prints the boundaries after the start of the text and the CPU seconds of one pass, without those
// of reading the file and of turning it into UTF-16.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unicode/ubrk.h>
#include <unicode/ustring.h>

static double cpu_seconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static long count(UBreakIterator *iterator, const UChar *text, int32_t length) {
  UErrorCode error = U_ZERO_ERROR;
  long boundaries = 0;
  ubrk_setText(iterator, text, length, &error);
  while (ubrk_next(iterator) != UBRK_DONE) boundaries++;
  return boundaries;
}

int main(int argumentCount, char **arguments) {
  if (argumentCount != 4) return 2;
  UBreakIteratorType type = arguments[1][0] == 'w'   ? UBRK_WORD
                            : arguments[1][0] == 's' ? UBRK_SENTENCE
                                                     : UBRK_CHARACTER;
  FILE *file = fopen(arguments[3], "rb");
  if (file == NULL || fseek(file, 0, SEEK_END) != 0) return 2;
  size_t size = (size_t)ftell(file);
  rewind(file);
  char *bytes = malloc(size + 1);
  UChar *text = malloc((size + 1) * sizeof(UChar));
  if (bytes == NULL || text == NULL || fread(bytes, 1, size, file) != size) return 2;
  UErrorCode error = U_ZERO_ERROR;
  int32_t length = 0;
  u_strFromUTF8WithSub(text, (int32_t)size + 1, &length, bytes, (int32_t)size, 0xFFFD, NULL,
                       &error);
  UBreakIterator *iterator = ubrk_open(type, arguments[2], NULL, 0, &error);
  if (U_FAILURE(error)) return 2;
  count(iterator, text, length < 1000000 ? length : 1000000);  // a warm start for both sides
  double start = cpu_seconds();
  long boundaries = count(iterator, text, length);
  printf("%ld %.6f\n", boundaries, cpu_seconds() - start);
  return 0;
}
