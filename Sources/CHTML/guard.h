#ifndef CONCORD_HTML_GUARD_H
#define CONCORD_HTML_GUARD_H

#include <stdint.h>

/// Whether gumbo can read a document in time that is in proportion to its length. It walks through
/// all open elements at many tags, and through all attributes of a tag at each.
int concord_html_is_tame(const uint8_t *source, uint32_t length);

/// Overwrites the elements of XHTML that are closed in their own tag, for a parser of HTML takes
/// them for open: by the end of an element that is not there, and by `<hr>` where a block stood.
void concord_html_close_empty(uint8_t *source, uint32_t length);

#endif
