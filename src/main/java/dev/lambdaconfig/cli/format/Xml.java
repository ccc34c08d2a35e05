package dev.lambdaconfig.cli.format;

/** Text as XML. */
public final class Xml {

  private Xml() {}

  /** Returns a text without control characters as the content of an element or an attribute. */
  public static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
