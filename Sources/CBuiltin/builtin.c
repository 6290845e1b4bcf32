#include "CBuiltin.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

// The data travels inside the binary, so that moving the binary does not break it.
const unsigned char concord_lexicon[] = {
#embed "../../Glossary/lexicon.en-zh.tsv"
};
const size_t concord_lexicon_size = sizeof concord_lexicon;
