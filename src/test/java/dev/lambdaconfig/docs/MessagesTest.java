package dev.lambdaconfig.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Messages use the words of Kubernetes, AWS and kstatus, and none that only this code has. */
final class MessagesTest {

  private static final Path MAIN = Path.of("src/main/java");

  /** A string literal on one line of code. */
  private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\\\n]|\\\\.)*)\"");

  /** Literals that a plus sign joins, also over several lines. */
  private static final Pattern JOINED =
      Pattern.compile(LITERAL.pattern() + "(?:\\s*\\+\\s*" + LITERAL.pattern() + ")*");

  private static final Pattern COMMENT = Pattern.compile("(?s)/\\*.*?\\*/|(?m)^\\s*//.*$");

  /** What messages do not say, and what they say instead. */
  private static final Map<Pattern, String> PRIVATE = new LinkedHashMap<>();

  static {
    instead("(a|of the|the|no|each|running) pass(es)?", "reconcile");
    instead("passes", "reconciles");
    instead("(put|puts|putting) (back|right)", "restored, reverted or corrected");
    instead("(is|are|was|were|be) told", "reported, notified or requested");
    instead("look(s|ed|ing)? (at|through)|each look", "read or checked");
    instead("let go|lets go", "released");
    instead("somebody( else)?|anybody|nobody", "another writer, or a person");
    instead("(for|in) (its|their) turn", "in the rate limiter");
    instead("keeps? the function|kept by", "owns, owned by");
    instead("brakes?", "circuit breaker, or paused");
    instead("who (writes|updates)", "its sender, or the writer");
    instead("what it shall be", "a value");
  }

  private static void instead(String words, String better) {
    PRIVATE.put(Pattern.compile("\\b(" + words + ")\\b", Pattern.CASE_INSENSITIVE), better);
  }

  @Test
  void noMessageHasAPrivateWord() throws IOException {
    List<String> found = new ArrayList<>();
    int messages = 0;
    try (Stream<Path> files = Files.walk(MAIN)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
        for (String message : messages(Files.readString(file))) {
          messages++;
          check(message)
              .forEach(fault -> found.add(file.getFileName() + ": " + fault + ": " + message));
        }
      }
    }

    assertThat(messages).as("messages that were read").isGreaterThan(300);
    assertThat(found).as("private words in messages").isEmpty();
  }

  @Test
  void aPrivateWordIsFoundWhereverAMessageIsBroken() {
    String code =
        "/** \"was put back\" */\n  String text =\n      \"memorySize was put\"\n + \" back\";";

    assertThat(messages(code)).containsExactly("memorySize was put back");
    assertThat(check("memorySize was put back"))
        .containsExactly("\"put back\" (say: restored, reverted or corrected)");
    assertThat(check("memorySize was reverted")).isEmpty();
  }

  private static List<String> messages(String code) {
    List<String> messages = new ArrayList<>();
    Matcher joined = JOINED.matcher(COMMENT.matcher(code).replaceAll(""));
    while (joined.find()) {
      StringBuilder message = new StringBuilder();
      LITERAL.matcher(joined.group()).results().forEach(part -> message.append(part.group(1)));
      if (message.indexOf(" ") >= 0) {
        messages.add(message.toString());
      }
    }
    return messages;
  }

  private static List<String> check(String message) {
    List<String> faults = new ArrayList<>();
    PRIVATE.forEach(
        (words, better) ->
            words
                .matcher(message)
                .results()
                .forEach(hit -> faults.add("\"" + hit.group() + "\" (say: " + better + ")")));
    return faults;
  }
}
