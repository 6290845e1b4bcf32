#include <gumbo.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "CHTML.h"
#include "arena.h"
#include "collector.h"
#include "guard.h"

/// The memory that gumbo may take: real pages need 5 bytes a byte, tags alone 70.
static const size_t memory_per_byte = 128, least_memory = 16 << 20;

static int reserve(void **array, size_t *capacity, size_t wanted, size_t size) {
  if (wanted <= *capacity) return 1;
  size_t next = wanted + wanted / 2 + 256;
  void *larger = realloc(*array, next * size);
  if (larger == NULL) return 0;
  *array = larger;
  *capacity = next;
  return 1;
}

void concord_html_add(struct collector *collector, concord_html_event event) {
  if (!reserve((void **)&collector->events, &collector->capacity, collector->count + 1,
               sizeof event)) {
    collector->failed = 1;
    return;
  }
  collector->events[collector->count++] = event;
}

void concord_html_add_text(struct collector *collector, concord_html_event event, const char *text,
                           size_t length) {
  if (!reserve((void **)&collector->pool, &collector->poolCapacity, collector->poolCount + length,
               1)) {
    collector->failed = 1;
    return;
  }
  if (length > 0) memcpy(collector->pool + collector->poolCount, text, length);
  event.text = (uint32_t)collector->poolCount;
  event.textLength = (uint32_t)length;
  collector->poolCount += length;
  concord_html_add(collector, event);
}

/// Elements that are no prose: within a line, or lines of their own.
enum { skipped = -1, skipped_block = -2 };

/// What an element is to prose.
static int element_of(GumboTag tag) {
  switch (tag) {
    case GUMBO_TAG_SCRIPT:
    case GUMBO_TAG_STYLE:
    case GUMBO_TAG_TEMPLATE:
    case GUMBO_TAG_TEXTAREA:
    case GUMBO_TAG_IFRAME:
    case GUMBO_TAG_NOEMBED:
    case GUMBO_TAG_NOFRAMES:
    case GUMBO_TAG_SVG:
    case GUMBO_TAG_MATH:
    case GUMBO_TAG_OBJECT:
    case GUMBO_TAG_RT:
    case GUMBO_TAG_RP: return skipped;
    case GUMBO_TAG_PRE:
    case GUMBO_TAG_LISTING:
    case GUMBO_TAG_XMP:
    case GUMBO_TAG_PLAINTEXT: return skipped_block;
    case GUMBO_TAG_CODE:
    case GUMBO_TAG_KBD:
    case GUMBO_TAG_SAMP:
    case GUMBO_TAG_VAR:
    case GUMBO_TAG_TT: return concord_html_code;
    case GUMBO_TAG_BR: return concord_html_break;
    case GUMBO_TAG_TITLE:
    case GUMBO_TAG_H1:
    case GUMBO_TAG_H2:
    case GUMBO_TAG_H3:
    case GUMBO_TAG_H4:
    case GUMBO_TAG_H5:
    case GUMBO_TAG_H6: return concord_html_heading;
    case GUMBO_TAG_LI:
    case GUMBO_TAG_DT:
    case GUMBO_TAG_DD:
    case GUMBO_TAG_OPTION: return concord_html_item;
    case GUMBO_TAG_TD:
    case GUMBO_TAG_TH: return concord_html_cell;
    case GUMBO_TAG_CAPTION:
    case GUMBO_TAG_FIGCAPTION:
    case GUMBO_TAG_LEGEND: return concord_html_caption;
    case GUMBO_TAG_BLOCKQUOTE: return concord_html_quote;
    case GUMBO_TAG_ADDRESS:
    case GUMBO_TAG_ARTICLE:
    case GUMBO_TAG_ASIDE:
    case GUMBO_TAG_AUDIO:
    case GUMBO_TAG_BODY:
    case GUMBO_TAG_BUTTON:
    case GUMBO_TAG_CANVAS:
    case GUMBO_TAG_CENTER:
    case GUMBO_TAG_DETAILS:
    case GUMBO_TAG_DIR:
    case GUMBO_TAG_DIV:
    case GUMBO_TAG_DL:
    case GUMBO_TAG_FIELDSET:
    case GUMBO_TAG_FIGURE:
    case GUMBO_TAG_FOOTER:
    case GUMBO_TAG_FORM:
    case GUMBO_TAG_HEAD:
    case GUMBO_TAG_HEADER:
    case GUMBO_TAG_HGROUP:
    case GUMBO_TAG_HR:
    case GUMBO_TAG_HTML:
    case GUMBO_TAG_MAIN:
    case GUMBO_TAG_MENU:
    case GUMBO_TAG_NAV:
    case GUMBO_TAG_NOSCRIPT:
    case GUMBO_TAG_OL:
    case GUMBO_TAG_OPTGROUP:
    case GUMBO_TAG_P:
    case GUMBO_TAG_SECTION:
    case GUMBO_TAG_SELECT:
    case GUMBO_TAG_SUMMARY:
    case GUMBO_TAG_TABLE:
    case GUMBO_TAG_TBODY:
    case GUMBO_TAG_TFOOT:
    case GUMBO_TAG_THEAD:
    case GUMBO_TAG_TR:
    case GUMBO_TAG_UL:
    case GUMBO_TAG_VIDEO: return concord_html_block;
    default: return concord_html_inline;
  }
}

static uint8_t level_of(GumboTag tag) {
  switch (tag) {
    case GUMBO_TAG_H2: return 2;
    case GUMBO_TAG_H3: return 3;
    case GUMBO_TAG_H4: return 4;
    case GUMBO_TAG_H5: return 5;
    case GUMBO_TAG_H6: return 6;
    default: return 1;
  }
}

static int has_class(const char *list, const char *name) {
  size_t length = strlen(name);
  for (const char *at = strstr(list, name); at != NULL; at = strstr(at + 1, name)) {
    int starts = at == list || at[-1] == ' ' || at[-1] == '\n' || at[-1] == '\t';
    int ends = at[length] == 0 || at[length] == ' ' || at[length] == '\n' || at[length] == '\t';
    if (starts && ends) return 1;
  }
  return 0;
}

static uint8_t translation_of(const GumboElement *element) {
  GumboAttribute *translate = gumbo_get_attribute(&element->attributes, "translate");
  if (translate != NULL && strcasecmp(translate->value, "no") == 0)
    return concord_html_untranslated;
  if (translate != NULL && strcasecmp(translate->value, "yes") == 0) return concord_html_translated;
  GumboAttribute *class = gumbo_get_attribute(&element->attributes, "class");
  if (class != NULL && has_class(class->value, "notranslate")) return concord_html_untranslated;
  return concord_html_inherits;
}

/// Says what the root element declares.
static void add_language(struct collector *collector, const GumboElement *element) {
  GumboAttribute *language = gumbo_get_attribute(&element->attributes, "lang");
  if (language == NULL) language = gumbo_get_attribute(&element->attributes, "xml:lang");
  if (language == NULL) return;
  concord_html_event event = {.kind = concord_html_language};
  concord_html_add_text(collector, event, language->value, strlen(language->value));
}

/// Says that an element begins. 0 when its content is no prose.
static int enter(struct collector *collector, const GumboNode *node) {
  const GumboElement *element = &node->v.element;
  int kind = element_of(element->tag);
  if (kind == skipped_block) {
    concord_html_event edge = {.kind = concord_html_enter, .element = concord_html_block};
    concord_html_add(collector, edge);
    edge.kind = concord_html_leave;
    concord_html_add(collector, edge);
  }
  if (kind < 0 || element->tag_namespace != GUMBO_NAMESPACE_HTML) return 0;
  if (element->tag == GUMBO_TAG_HTML) add_language(collector, element);
  concord_html_event event = {.kind = concord_html_enter,
                              .element = (uint8_t)kind,
                              .level = level_of(element->tag),
                              .translation = translation_of(element)};
  concord_html_add(collector, event);
  return 1;
}

static void add_leaf(struct collector *collector, const GumboNode *node, const GumboNode *parent) {
  GumboStringPiece original = node->v.text.original_text;
  if (original.data == NULL || (const uint8_t *)original.data < collector->source) return;
  size_t start = (size_t)((const uint8_t *)original.data - collector->source);
  if (start >= collector->length) return;
  size_t length = original.length;
  if (length > collector->length - start) length = collector->length - start;
  if (node->type == GUMBO_NODE_COMMENT) {
    concord_html_event event = {
        .kind = concord_html_comment, .start = (uint32_t)start, .length = (uint32_t)length};
    concord_html_add(collector, event);
    return;
  }
  int isTitle = parent->type == GUMBO_NODE_ELEMENT && parent->v.element.tag == GUMBO_TAG_TITLE;
  concord_html_align(collector, node->v.text.text, strlen(node->v.text.text), (uint32_t)start,
                     (uint32_t)length, isTitle);
}

static const GumboVector *children_of(const GumboNode *node) {
  return node->type == GUMBO_NODE_DOCUMENT ? &node->v.document.children
                                           : &node->v.element.children;
}

struct place {
  const GumboNode *node;
  unsigned int next;
};

/// Walks through the tree without recursion: its depth is the document's to choose.
static void walk(struct collector *collector, const GumboNode *document) {
  struct place *stack = NULL;
  size_t depth = 1, capacity = 0;
  if (!reserve((void **)&stack, &capacity, 1, sizeof *stack)) {
    collector->failed = 1;
    return;
  }
  stack[0] = (struct place){document, 0};
  while (depth > 0 && !collector->failed) {
    struct place *top = &stack[depth - 1];
    const GumboVector *children = children_of(top->node);
    if (top->next >= children->length) {
      if (top->node->type == GUMBO_NODE_ELEMENT) {
        concord_html_event event = {.kind = concord_html_leave};
        concord_html_add(collector, event);
      }
      depth--;
      continue;
    }
    const GumboNode *child = children->data[top->next++];
    switch (child->type) {
      case GUMBO_NODE_ELEMENT:
        if (!enter(collector, child)) break;
        if (!reserve((void **)&stack, &capacity, depth + 1, sizeof *stack)) {
          collector->failed = 1;
          break;
        }
        stack[depth++] = (struct place){child, 0};
        break;
      case GUMBO_NODE_DOCUMENT:
      case GUMBO_NODE_TEMPLATE: break;
      default: add_leaf(collector, child, top->node);
    }
  }
  free(stack);
}

/// Parses and walks in memory of the arena; -2 when the document asks for too much.
static int32_t parse(struct collector *collector, struct arena *arena) {
  if (!concord_html_is_tame(collector->source, collector->length)) return -2;
  if (setjmp(arena->exhausted) != 0) return -2;
  GumboOptions options = kGumboDefaultOptions;
  options.allocator = concord_html_take;
  options.deallocator = concord_html_give;
  options.userdata = arena;
  options.max_errors = 0;
  GumboOutput *output =
      gumbo_parse_with_options(&options, (const char *)collector->source, collector->length);
  walk(collector, output->document);
  return 0;
}

int32_t concord_html_parse(const uint8_t *source, uint32_t length, int32_t isXML,
                           concord_html_result *result) {
  memset(result, 0, sizeof *result);
  uint8_t *copy = NULL;
  if (isXML) {
    copy = malloc((size_t)length + 1);
    if (copy == NULL) return -1;
    memcpy(copy, source, length);
    concord_html_close_empty(copy, length);
    source = copy;
  }
  struct collector collector = {.source = source, .length = length};
  struct arena arena = {.limit = least_memory + memory_per_byte * length};
  int32_t status = parse(&collector, &arena);
  concord_html_free_all(&arena);
  free(copy);
  if (status == 0 && collector.failed) status = -1;
  if (status != 0) {
    free(collector.events);
    free(collector.pool);
    return status;
  }
  result->events = collector.events;
  result->pool = collector.pool;
  result->count = (int64_t)collector.count;
  return 0;
}
