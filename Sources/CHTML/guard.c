#include "guard.h"

#include <string.h>
#include <strings.h>

// What gumbo does in a second or so on a machine of 2020, in steps through open elements; and how
// many of them every tag of a large document may cost. Real pages stay below a hundred a tag.
static const uint64_t largest_work = 400000000, work_per_tag = 500;

struct tag {
  const uint8_t *name;
  uint32_t nameLength;
  uint32_t end;
  uint32_t attributes;
  int isEnd, isEmpty;
};

static int is_space(uint8_t byte) {
  return byte == ' ' || byte == '\n' || byte == '\t' || byte == '\r' || byte == '\f';
}

static int is_letter(uint8_t byte) { return (uint8_t)((byte | 0x20) - 'a') < 26; }

/// Reads the tag at `start`, where "<" or "</" and a letter stand.
static struct tag read_tag(const uint8_t *source, uint32_t length, uint32_t start) {
  struct tag tag = {0};
  uint32_t i = start + 1;
  if (source[i] == '/') {
    tag.isEnd = 1;
    i++;
  }
  tag.name = source + i;
  while (i < length && !is_space(source[i]) && source[i] != '>' && source[i] != '/') i++;
  tag.nameLength = (uint32_t)(source + i - tag.name);
  while (i < length && source[i] != '>') {
    if (is_space(source[i]) || source[i] == '/') {
      tag.isEmpty = source[i] == '/';
      i++;
      continue;
    }
    tag.isEmpty = 0;
    tag.attributes++;
    // A name may start with "=".
    i++;
    while (i < length && !is_space(source[i]) && source[i] != '>' && source[i] != '/' &&
           source[i] != '=')
      i++;
    while (i < length && is_space(source[i])) i++;
    if (i >= length || source[i] != '=') continue;
    i++;
    while (i < length && is_space(source[i])) i++;
    if (i < length && (source[i] == '"' || source[i] == '\'')) {
      const uint8_t *quote = memchr(source + i + 1, source[i], length - i - 1);
      i = quote == NULL ? length : (uint32_t)(quote - source) + 1;
    } else {
      while (i < length && !is_space(source[i]) && source[i] != '>') i++;
    }
  }
  tag.end = i < length ? i + 1 : length;
  return tag;
}

static int is_one_of(const struct tag *tag, const char *const *names) {
  for (; *names != NULL; names++)
    if (strlen(*names) == tag->nameLength &&
        strncasecmp((const char *)tag->name, *names, tag->nameLength) == 0)
      return 1;
  return 0;
}

/// Elements without content, and those that the next of their like closes.
static const char *const flat_names[] = {
    "area", "base", "br",    "col",  "embed",  "hr", "img",   "input", "link",     "meta", "param",
    "wbr",  "p",    "track", "li",   "td",     "th", "tr",    "dt",    "dd",       "body", "html",
    "head", "rt",   "rp",    "tbody", "option", "thead", "tfoot", "source", "colgroup", NULL};
static const char *const raw_names[] = {"script", "style",  "title",   "textarea",
                                        "iframe", "xmp",    "noembed", "noframes", NULL};
static const char *const foreign_names[] = {"svg", "math", NULL};
static const char *const block_names[] = {"p",  "div", "li", "td", "th",      "tr",    "table",
                                          "ul", "ol",  "dd", "dt", "section", "h1",    "h2",
                                          "h3", "h4",  "h5", "h6", "article", "aside", NULL};
static const char *const void_names[] = {"area", "base",  "br",   "col",   "embed", "hr",     "img",
                                         "input", "link", "meta", "param", "wbr",   "source", "track",
                                         NULL};

/// Where the content of a raw element ends.
static uint32_t raw_end(const uint8_t *source, uint32_t length, uint32_t start,
                        const struct tag *tag) {
  for (uint32_t i = start; i + 2 + tag->nameLength <= length; i++) {
    const uint8_t *next = memchr(source + i, '<', length - i);
    if (next == NULL) break;
    i = (uint32_t)(next - source);
    if (i + 2 + tag->nameLength <= length && source[i + 1] == '/' &&
        strncasecmp((const char *)source + i + 2, (const char *)tag->name, tag->nameLength) == 0)
      return i;
  }
  return length;
}

/// Where a comment or another declaration ends.
static uint32_t declaration_end(const uint8_t *source, uint32_t length, uint32_t start) {
  if (length - start >= 4 && memcmp(source + start, "<!--", 4) == 0) {
    // "<!-->" is a whole comment.
    for (uint32_t i = start + 2; i + 2 < length; i++) {
      const uint8_t *dash = memchr(source + i, '-', length - i);
      if (dash == NULL) break;
      i = (uint32_t)(dash - source);
      if (i + 2 >= length || source[i + 1] != '-') continue;
      if (source[i + 2] == '>') return i + 3;
      if (source[i + 2] == '!' && i + 3 < length && source[i + 3] == '>') return i + 4;
    }
    return length;
  }
  const uint8_t *end = memchr(source + start, '>', length - start);
  return end == NULL ? length : (uint32_t)(end - source) + 1;
}

/// Finds the next tag at or behind `*index`, and moves `*index` behind it.
static int next_tag(const uint8_t *source, uint32_t length, uint32_t *index, struct tag *tag,
                    uint32_t *start) {
  while (*index < length) {
    const uint8_t *open = memchr(source + *index, '<', length - *index);
    if (open == NULL) break;
    uint32_t i = (uint32_t)(open - source);
    uint8_t next = i + 1 < length ? source[i + 1] : 0;
    if (is_letter(next) || (next == '/' && i + 2 < length && is_letter(source[i + 2]))) {
      *tag = read_tag(source, length, i);
      *start = i;
      *index = tag->end;
      return 1;
    }
    *index = next == '!' || next == '?' || next == '/' ? declaration_end(source, length, i) : i + 1;
  }
  return 0;
}

int concord_html_is_tame(const uint8_t *source, uint32_t length) {
  uint32_t index = 0, start = 0;
  struct tag tag;
  uint64_t depth = 0, work = 0, tags = 0;
  int isForeign = 0;
  while (next_tag(source, length, &index, &tag, &start)) {
    tags++;
    work += depth + (uint64_t)tag.attributes * tag.attributes / 2;
    if (work > largest_work + work_per_tag * tags) return 0;
    if (is_one_of(&tag, flat_names)) continue;
    if (tag.isEnd) {
      if (depth > 0) depth--;
      continue;
    }
    depth++;
    if (is_one_of(&tag, foreign_names)) isForeign = 1;
    // Within graphics and formulas a style sheet is read like any other element.
    if (!isForeign && is_one_of(&tag, raw_names)) index = raw_end(source, length, index, &tag);
  }
  return 1;
}

void concord_html_close_empty(uint8_t *source, uint32_t length) {
  uint32_t index = 0, start = 0;
  struct tag tag;
  while (next_tag(source, length, &index, &tag, &start)) {
    if (!tag.isEmpty) {
      if (!tag.isEnd && is_one_of(&tag, raw_names)) index = raw_end(source, length, index, &tag);
      continue;
    }
    if (is_one_of(&tag, void_names) || source[tag.end - 1] != '>') continue;
    int isBlock = is_one_of(&tag, block_names);
    memset(source + start, ' ', tag.end - start);
    memcpy(source + start, isBlock ? "<hr" : "</x", 3);
    source[tag.end - 1] = '>';
  }
}
