// The link flags of the library come from pkg-config; its headers stay out of Swift's sight.
