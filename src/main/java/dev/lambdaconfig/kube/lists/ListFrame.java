package dev.lambdaconfig.kube.lists;

/**
 * Finds the items in the JSON of a list, byte by byte. It tells structure only, in constant memory:
 * what JSON is not fails its reader.
 */
final class ListFrame {

  /** The meaning of a byte. */
  enum Mark {
    /** The first byte of an item. */
    ITEM_START,
    /** The last byte of an item. */
    ITEM_END,
    /** The last byte of the answer, but for white space. */
    END,
    /** Any other byte. */
    INSIDE
  }

  private static final String ITEMS = "items";

  /** The depth of the members of the list, of its items, and of their members. */
  private static final int MEMBERS = 1;

  private static final int ITEM = 2;

  /** The bit by which "[" differs from "{", and "]" from "}". */
  private static final int CASE = '[' ^ '{';

  private int depth;
  private boolean inText;
  private boolean escaped;
  private boolean inItems;
  private boolean inItem;

  /** The last text among the members of the list, or its start; before a bracket it is a name. */
  private final StringBuilder name = new StringBuilder();

  /** The next place of a byte that matters; those before it need not be taken. */
  int skip(byte[] bytes, int from) {
    if (escaped || depth == MEMBERS) {
      return from;
    }
    int at = from;
    if (inText) {
      while (at < bytes.length && !matters(bytes[at])) {
        at++;
      }
    } else {
      while (at < bytes.length && !isStructure(bytes[at])) {
        at++;
      }
    }
    return at;
  }

  /** Whether a byte ends a text, or escapes the next one. */
  private static boolean matters(byte inText) {
    return inText == '"' || inText == '\\';
  }

  /** Whether a byte begins a text, or opens or closes an object or array: they differ by a bit. */
  private static boolean isStructure(byte outside) {
    int bracket = outside | CASE;
    return bracket == '{' || bracket == '}' || outside == '"';
  }

  /** Takes the next byte. All that matters is ASCII, which is in no longer character of UTF-8. */
  Mark next(byte read) {
    if (inText) {
      text(read);
      return Mark.INSIDE;
    }
    return switch (read) {
      case '"' -> {
        inText = true;
        name.setLength(0);
        yield Mark.INSIDE;
      }
      case '{', '[' -> opened(read);
      case '}', ']' -> closed();
      default -> Mark.INSIDE;
    };
  }

  private void text(byte read) {
    if (escaped) {
      escaped = false;
    } else if (read == '\\') {
      escaped = true;
    } else if (read == '"') {
      inText = false;
      return;
    }
    if (depth == MEMBERS && name.length() <= ITEMS.length()) {
      name.append((char) read);
    }
  }

  private Mark opened(byte read) {
    if (depth == MEMBERS) {
      inItems = read == '[' && ITEMS.contentEquals(name);
    }
    inItem |= inItems && depth == ITEM && read == '{';
    boolean starts = inItem && depth == ITEM;
    depth++;
    return starts ? Mark.ITEM_START : Mark.INSIDE;
  }

  private Mark closed() {
    depth--;
    if (depth == ITEM && inItem) {
      inItem = false;
      return Mark.ITEM_END;
    }
    inItems &= depth != MEMBERS;
    return depth == 0 ? Mark.END : Mark.INSIDE;
  }
}
