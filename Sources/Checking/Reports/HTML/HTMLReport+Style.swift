extension HTMLReport {
  /// Colours have a contrast of 4.5 to 1 and more on their ground, as WCAG 2.2 asks for text
  /// (criterion 1.4.3), in light and in dark.
  static let style = """
    :root {
      color-scheme: light dark;
      --ground: #ffffff; --text: #1c1c1c; --quiet: #595959; --line: #c8c8c8;
      --error: #b3261e; --warning: #8a5a00; --info: #1f5fa8; --mark: #ffe08a; --marked: #1c1c1c;
    }
    @media (prefers-color-scheme: dark) {
      :root {
        --ground: #17181a; --text: #e6e6e6; --quiet: #a8a8a8; --line: #45474a;
        --error: #ff8a80; --warning: #f0b95a; --info: #8ab8f0; --mark: #6b5200; --marked: #ffffff;
      }
    }
    body {
      margin: 0 auto; max-width: 60rem; padding: 1rem; background: var(--ground);
      color: var(--text); font: 1rem/1.5 system-ui, sans-serif;
    }
    h3 { overflow-wrap: anywhere; border-bottom: 1px solid var(--line); }
    table { border-collapse: collapse; margin: 1rem 0; width: 100%; }
    caption, figcaption { text-align: start; color: var(--quiet); }
    th, td {
      border: 1px solid var(--line); padding: .25rem .5rem; text-align: start;
      vertical-align: top; overflow-wrap: break-word;
    }
    figure { margin: 1rem 0; }
    svg { width: 100%; max-width: 720px; height: auto; }
    svg text { fill: var(--text); font: 13px system-ui, sans-serif; }
    rect.error { fill: var(--error); } rect.warning { fill: var(--warning); }
    rect.info { fill: var(--info); }
    .findings { list-style: none; padding: 0; }
    .findings > li { border-inline-start: 4px solid; margin: 1rem 0; padding-inline-start: 1rem; }
    li.error { border-color: var(--error); } li.warning { border-color: var(--warning); }
    li.info { border-color: var(--info); }
    .error .severity, td.error { color: var(--error); }
    .warning .severity, td.warning { color: var(--warning); }
    .info .severity { color: var(--info); }
    p { margin: .25rem 0; }
    .place { color: var(--quiet); font-size: .875rem; overflow-wrap: anywhere; }
    blockquote { margin: 0 0 .5rem; overflow-wrap: anywhere; }
    mark { background: var(--mark); color: var(--marked); }

    """
}
