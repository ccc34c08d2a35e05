package dev.lambdaconfig.cli.manifest;

import dev.lambdaconfig.cli.manifest.tree.Position;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The texts of all sources, which together have at most so many bytes. */
final class SourceText {

  static final int MOST_MEGABYTES = 10;

  /** The characters by which an encoding is recognized, such as those of "apiVersion: ". */
  private static final int LONGEST_SAMPLE = 20;

  private static final char BYTE_ORDER_MARK = '\ufeff';

  private final Problems problems;
  private int left = MOST_MEGABYTES * 1_000_000;

  SourceText(Problems problems) {
    this.problems = problems;
  }

  /** Whether more can be read. */
  boolean isExhausted() {
    return left < 0;
  }

  /** The text of a source, or null if there is none, which is then a problem. */
  @Nullable String read(String file, InputStream stream) {
    try {
      byte[] bytes = stream.readNBytes(left + 1);
      left -= bytes.length;
      if (left < 0) {
        problems.add(
            file,
            "the manifests have more than %d MB in total: read fewer at once"
                .formatted(MOST_MEGABYTES));
        return null;
      }
      return decoded(file, bytes);
    } catch (IOException e) {
      problems.add(file, unreadable(e));
      return null;
    }
  }

  private @Nullable String decoded(String file, byte[] bytes) {
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    CharBuffer characters = CharBuffer.allocate(bytes.length);
    CoderResult result = decoder.decode(ByteBuffer.wrap(bytes), characters, true);
    String text = characters.flip().toString();
    if (isUtf16(text)) {
      problems.add(file, "this is UTF-16: save the file as UTF-8");
      return null;
    }
    if (result.isError()) {
      problems.add(
          new ManifestProblem(
              file, end(text), "from here on this is not UTF-8: save the file as UTF-8"));
      return null;
    }
    return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
  }

  /** Whether every other character is a null, as where UTF-16 is read as UTF-8. */
  private static boolean isUtf16(String text) {
    int looked = Math.min(text.length(), LONGEST_SAMPLE);
    long nulls = text.substring(0, looked).chars().filter(character -> character == 0).count();
    return nulls > 0 && nulls >= looked / 2;
  }

  private static Position end(String text) {
    int line = (int) text.chars().filter(character -> character == '\n').count();
    return new Position(line + 1, text.length() - text.lastIndexOf('\n'));
  }

  static String unreadable(IOException failure) {
    return switch (failure) {
      case NoSuchFileException e ->
          "there is no such file or directory: check its path, or write - for standard input";
      case AccessDeniedException e -> "this cannot be read: check its permissions";
      default ->
          "this cannot be read (%s): name files or directories, or pipe manifests to -f -"
              .formatted(reason(failure));
    };
  }

  private static String reason(IOException failure) {
    // The message of the former begins with the name of the file.
    String reason = failure instanceof FileSystemException e ? e.getReason() : failure.getMessage();
    return Objects.requireNonNullElse(reason, failure.getClass().getSimpleName());
  }
}
