package dev.lambdaconfig.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The pictures of what a command printed. */
final class TerminalPictureTest {

  private static String drawn(String printed) {
    return TerminalPicture.of(printed, "words", Svg.Theme.LIGHT);
  }

  private static String texts(String svg) {
    return Pattern.compile("<text [^>]*>([^<]*)</text>")
        .matcher(svg)
        .results()
        .map(each -> each.group(1))
        .collect(Collectors.joining("|"));
  }

  @Test
  void haveThePiecesOfALineInTheirStyles() {
    String svg = drawn("\u001b[1ma/b\u001b[0m: <update>\n  \u001b[32m+\u001b[0m x\n");

    assertThat(texts(svg)).isEqualTo("a/b|: &lt;update&gt;|+| x");
    assertThat(svg)
        .contains("class=\"bold\" xml:space=\"preserve\">a/b<", "class=\"green\"", "height=\"68\"");
  }

  @Test
  void breakLinesAsATerminalDoes() {
    assertThat(texts(drawn("x".repeat(100) + "y\n"))).isEqualTo("x".repeat(100) + "|y");
    assertThat(texts(drawn("x".repeat(100) + "\n"))).isEqualTo("x".repeat(100));
  }

  @Test
  void areOfKnownStylesOnly() {
    assertThatThrownBy(() -> drawn("\u001b[7mx")).hasMessageContaining("the style 7");
  }
}
