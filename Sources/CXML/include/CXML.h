#ifndef CONCORD_XML_H
#define CONCORD_XML_H
#endif
