package dev.lambdaconfig.cli.manifest.tree;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.lambdaconfig.text.WholeText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * The documents of a YAML text. It is cut at the lines that separate documents first, as kubectl
 * does, so that a fault in one document does not lose the others.
 */
final class YamlDocuments {

  private static final String SEPARATOR = "---";
  private static final String CORE = "tag:yaml.org,2002:";
  private static final int LONGEST_MESSAGE = 300;

  private final Allowance allowance;
  private final Consumer<Document> documents;
  private final Consumer<TextFault> faults;

  YamlDocuments(Allowance allowance, Consumer<Document> documents, Consumer<TextFault> faults) {
    this.allowance = allowance;
    this.documents = documents;
    this.faults = faults;
  }

  /** Some lines of a text, which start below so many others. */
  private record Part(String text, int linesBefore) {

    Position position(Optional<Mark> mark) {
      return mark.map(at -> new Position(linesBefore + at.getLine() + 1, at.getColumn() + 1))
          .orElse(new Position(linesBefore + 1, 1));
    }
  }

  void read(String text) {
    for (Part part : parts(text)) {
      try {
        read(part);
      } catch (TextFaultException e) {
        faults.accept(isTemplate(part) ? template(e.fault()) : e.fault());
      }
    }
  }

  private static List<Part> parts(String text) {
    List<Part> parts = new ArrayList<>();
    int begin = 0;
    int linesBefore = 0;
    int lines = 0;
    boolean hasContent = false;
    for (int line = 0; line < text.length(); lines++) {
      int next = nextLine(text, line);
      // Directives belong to the document below their separator.
      if (isSeparator(text, line) && hasContent) {
        parts.add(new Part(text.substring(begin, line), linesBefore));
        begin = line;
        linesBefore = lines;
      }
      hasContent =
          hasContent || isSeparator(text, line) || !isDirectiveOrBlank(text.substring(line, next));
      line = next;
    }
    parts.add(new Part(text.substring(begin), linesBefore));
    return parts;
  }

  private static boolean isSeparator(String text, int line) {
    int end = line + SEPARATOR.length();
    return text.startsWith(SEPARATOR, line)
        && (end == text.length() || Character.isWhitespace(text.charAt(end)));
  }

  private static boolean isDirectiveOrBlank(String line) {
    return line.isBlank() || line.startsWith("%") || line.startsWith("#");
  }

  private static int nextLine(String text, int line) {
    for (int i = line; i < text.length(); i++) {
      char character = text.charAt(i);
      if (character == '\n') {
        return i + 1;
      }
      if (character == '\r') {
        return i + 1 < text.length() && text.charAt(i + 1) == '\n' ? i + 2 : i + 1;
      }
    }
    return text.length();
  }

  private void read(Part part) throws TextFaultException {
    LoadSettings settings =
        LoadSettings.builder()
            .setUseMarks(true)
            .setParseComments(false)
            // The text is bounded already.
            .setCodePointLimit(Integer.MAX_VALUE)
            .build();
    try {
      TreeBuilder builder = new TreeBuilder(allowance);
      for (Event event : new Parse(settings).parseString(part.text())) {
        switch (event.getEventId()) {
          case DocumentStart -> builder = new TreeBuilder(allowance);
          case DocumentEnd -> documents.accept(builder.document());
          default -> add(event, part.position(event.getStartMark()), builder);
        }
      }
    } catch (ReaderException e) {
      throw new TextFaultException(
          characterAt(part, e.getPosition()),
          "this is no YAML: it has the control character U+%04X: remove it, or write it as an escape in double quotes"
              .formatted(e.getCodePoint()));
    } catch (MarkedYamlEngineException e) {
      throw new TextFaultException(part.position(e.getProblemMark()), message(e.getProblem()));
    } catch (YamlEngineException e) {
      throw new TextFaultException(
          part.position(Optional.empty()), message(String.valueOf(e.getMessage())));
    }
  }

  private static boolean isTemplate(Part part) {
    return part.text().contains("{{");
  }

  private static TextFault template(TextFault fault) {
    return new TextFault(
        fault.position(),
        "this is no YAML but a template: render it first, as in helm template CHART | ... -f -");
  }

  private static String message(String problem) {
    String line = problem.lines().findFirst().orElse("it cannot be parsed");
    return "this is no YAML: "
        + WholeText.shortened(line, LONGEST_MESSAGE)
        + ": check indentation, quotes and brackets here and above";
  }

  private static Position characterAt(Part part, int index) {
    int line = 0;
    int column = 0;
    for (int i = 0, at = 0; at < index && i < part.text().length(); at++) {
      int character = part.text().codePointAt(i);
      i += Character.charCount(character);
      line += character == '\n' ? 1 : 0;
      column = character == '\n' ? 0 : column + 1;
    }
    return new Position(part.linesBefore() + line + 1, column + 1);
  }

  private static void add(Event event, Position at, TreeBuilder builder) throws TextFaultException {
    switch (event.getEventId()) {
      case MappingStart -> builder.startMap(at, anchor(event));
      case SequenceStart -> builder.startList(at, anchor(event));
      case MappingEnd, SequenceEnd -> builder.end();
      case Alias -> builder.alias(((AliasEvent) event).getAlias().getValue(), at);
      case Scalar -> add((ScalarEvent) event, at, builder);
      default -> {
        // The ends of the stream, and comments, say nothing.
      }
    }
  }

  private static void add(ScalarEvent scalar, Position at, TreeBuilder builder)
      throws TextFaultException {
    boolean isPlain = scalar.isPlain() && scalar.getTag().isEmpty();
    String text = scalar.getValue();
    if (!builder.expectsKey()) {
      builder.scalar(value(scalar, at), at, anchor(scalar));
    } else if (isPlain && text.equals("<<")) {
      builder.mergeKey(at);
    } else {
      builder.key(isPlain ? Scalars.key(text, at) : text, at);
    }
  }

  private static JsonNode value(ScalarEvent scalar, Position at) throws TextFaultException {
    String tag = scalar.getTag().orElse("");
    String text = scalar.getValue();
    if (!tag.startsWith(CORE)) {
      // What others tag belongs to other tools, and is read as if it had no tag.
      return scalar.isPlain() && !tag.equals("!")
          ? Scalars.plain(text, at)
          : TextNode.valueOf(text);
    }
    return switch (tag.substring(CORE.length())) {
      case "str", "timestamp" -> TextNode.valueOf(text);
      case "binary" -> TextNode.valueOf(decoded(text, at));
      default -> Scalars.plain(text, at);
    };
  }

  private static String decoded(String base64, Position at) throws TextFaultException {
    try {
      return new String(
          Base64.getDecoder().decode(base64.replaceAll("\\s", "")), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new TextFaultException(at, "!!binary needs base64: correct it, or remove the tag");
    }
  }

  private static @Nullable String anchor(Event event) {
    return event instanceof NodeEvent node
        ? node.getAnchor().map(Anchor::getValue).orElse(null)
        : null;
  }
}
