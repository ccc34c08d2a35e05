package dev.lambdaconfig.hostile;

import java.util.List;
import java.util.Random;

/** Texts that nobody means well with. */
public final class HostileText {

  private static final List<String> KNOWN =
      List.of(
          "",
          " ",
          "\t\n",
          "null",
          "true",
          "NaN",
          "-0",
          "1e309",
          "2147483648",
          "9".repeat(400),
          "0x10",
          "{}",
          "[]",
          "{\"a\":",
          "<a>&b;</a>",
          "${jndi:ldap://example.invalid/a}",
          "%s%n%1$999999999d",
          "{} {}",
          "$(reboot)",
          "`reboot`",
          "'; DROP TABLE functions; --",
          "../../../etc/passwd",
          "a\r\nX-Injected: b",
          "a\0b",
          "\ud800",
          "\udc00\ud800",
          "a\ud83d",
          "\ud83d\ude00".repeat(300),
          "\u202egnirts",
          "e\u0301".repeat(50),
          "\ufeffa",
          "\ufffe\uffff",
          "\u0085\u2028\u2029",
          "\u001b[2J",
          "-----BEGIN CERTIFICATE-----\n",
          "9999-12-31T23:59:59.999999999Z",
          "-1000000000-01-01T00:00:00Z",
          "arn:aws:lambda:eu-west-1:123456789012:function:fn",
          "arn:aws:iam::123456789012:role/" + "a/".repeat(400),
          "a".repeat(64) + ":" + "b".repeat(80),
          "(a+)+$",
          "a".repeat(30) + "!");

  private final Random random;

  /** Creates a source of texts. */
  public HostileText(Random random) {
    this.random = random;
  }

  /** Any text, at most as long as that. */
  public String next(int longest) {
    String text =
        switch (random.nextInt(8)) {
          case 0 -> characters(1 + random.nextInt(40));
          case 1 -> "x".repeat(1 + random.nextInt(longest));
          case 2 -> characters(3).repeat(1 + random.nextInt(Math.max(1, longest / 6)));
          default -> KNOWN.get(random.nextInt(KNOWN.size()));
        };
    return text.length() <= longest ? text : text.substring(0, longest);
  }

  /** A text with something done to it. */
  public String mutated(String text) {
    int at = text.isEmpty() ? 0 : random.nextInt(text.length());
    return switch (random.nextInt(8)) {
      case 0 -> text.substring(0, at);
      case 1 -> text.substring(at);
      case 2 -> text.substring(0, at) + next(80) + text.substring(at);
      case 3 ->
          text.substring(0, at) + characters(1) + text.substring(Math.min(at + 1, text.length()));
      case 4 -> text + text;
      case 5 -> text.toUpperCase(java.util.Locale.ROOT);
      case 6 -> " " + text + "\n";
      default -> next(3000);
    };
  }

  private String characters(int count) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append((char) (random.nextBoolean() ? random.nextInt(128) : random.nextInt(1 << 16)));
    }
    return text.toString();
  }
}
