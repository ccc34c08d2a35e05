package dev.lambdaconfig.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lambdaconfig.cli.explain.ReasonTable;
import dev.lambdaconfig.docs.Drawing.Area;
import dev.lambdaconfig.docs.Drawing.Box;
import dev.lambdaconfig.docs.Drawing.Point;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The pictures are drawn from their sources, readable, and shown in both themes. */
final class PicturesTest {

  /** Pixels that a character takes at most, as a rule, of a title, a line and code. */
  private static final double TITLE = 8;

  private static final double LINE = 6.5;
  private static final double CODE = 6.7;

  @Test
  void theFilesAreWhatTheSourcesGive() throws IOException {
    Map<Path, String> drawn = Pictures.drawn(Path.of(""));

    assertThat(drawn).hasSize(2 * (Pictures.NAMES.size() + 2));
    for (Map.Entry<Path, String> picture : drawn.entrySet()) {
      assertThat(Files.readString(picture.getKey()))
          .as("%s: run mvn -Pformat", picture.getKey())
          .isEqualTo(picture.getValue());
    }
  }

  @Test
  void eachSourceIsDrawn() throws IOException {
    try (var files = Files.list(Path.of("docs/images"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .filteredOn(name -> name.endsWith(".drawing"))
          .containsExactlyInAnyOrderElementsOf(
              Pictures.NAMES.stream().map(name -> name + ".drawing").toList());
    }
  }

  @Test
  void boxesAreInsideThePictureAndTextIsInsideItsBox() throws IOException {
    for (Drawing drawing : drawings()) {
      for (Box box : boxes(drawing)) {
        assertThat(box.x() + box.w()).as("%s", box).isLessThan(drawing.width());
        assertThat(box.y() + box.h()).as("%s", box).isLessThan(drawing.height());
        for (int i = 0; i < box.lines().size(); i++) {
          String line = box.lines().get(i);
          boolean code = line.startsWith("`");
          double character = i == 0 ? TITLE : code ? CODE : LINE;
          double width = character * (code ? line.length() - 1 : line.length());
          assertThat(width).as(line).isLessThan(box.w() * 10);
        }
      }
    }
  }

  @Test
  void eachPictureIsShownInBothThemesAndInWords() throws IOException {
    Map<String, Path> pages =
        Map.of(
            "reconcile", Path.of("README.md"),
            "lifecycle", Path.of("docs/spec.md"),
            "plan", Path.of("README.md"),
            "dashboard", Path.of("docs/metrics.md"));
    assertThat(pages.keySet()).containsAll(Pictures.NAMES);
    for (Map.Entry<String, Path> shown : pages.entrySet()) {
      String name = shown.getKey();
      Path page = shown.getValue();
      String folder = page.equals(Path.of("README.md")) ? "docs/images/" : "images/";

      assertThat(Files.readString(page))
          .containsPattern(
              Pattern.quote("<source media=\"(prefers-color-scheme: dark)\" srcset=\"")
                  + Pattern.quote(folder + name + "-dark.svg\">")
                  + "\\s+<img alt=\"[^\"]{40,}\" src=\""
                  + Pattern.quote(folder + name + ".svg\">"));
    }
  }

  @Test
  void theLifeOfAResourceNamesReasonsThatThereAre() throws IOException {
    // Given: a code of AWS's that stands for all of them
    Set<String> known = new HashSet<>(Set.of("AccessDenied"));
    ReasonTable.read().all().forEach(reason -> known.add(reason.name()));

    List<String> named =
        Pattern.compile("\\(([A-Z]\\w+)|, ([A-Z]\\w+)")
            .matcher(
                Files.readAllLines(Path.of("docs/images/lifecycle.drawing")).stream()
                    .filter(line -> line.startsWith("box "))
                    .collect(Collectors.joining("\n")))
            .results()
            .map(found -> found.group(1) == null ? found.group(2) : found.group(1))
            .toList();

    assertThat(named).contains("InSync", "UpdatesPaused", "Conflict").isSubsetOf(known);
  }

  @Test
  void anArrowGoesFromSideToSideAndTurnsHalfWay() {
    Drawing drawing =
        Drawing.of(
            """
            # two boxes
            box a 0 0 4 2 plain | A
            box b 10 10 4 2 pure | B
            arrow a.s+1 -> b.n | label @ 5 6
            """);

    assertThat(drawing.elements())
        .contains(
            new Drawing.Arrow(
                List.of(new Point(3, 2), new Point(3, 6), new Point(12, 6), new Point(12, 10)),
                false),
            new Drawing.Label(new Point(5, 6), "middle", "label"));
  }

  @Test
  void aLineThatCannotBeReadIsNamed() {
    assertThatThrownBy(() -> Drawing.of("arrow a.s -> nowhere.n"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("arrow a.s -> nowhere.n");
    assertThatThrownBy(() -> Drawing.of("circle 1 2")).hasMessageContaining("circle 1 2");
  }

  private static List<Drawing> drawings() throws IOException {
    List<Drawing> drawings = new ArrayList<>();
    for (String name : Pictures.NAMES) {
      drawings.add(Drawing.of(Files.readString(Path.of("docs/images").resolve(name + ".drawing"))));
    }
    return drawings;
  }

  private static List<Box> boxes(Drawing drawing) {
    return drawing.elements().stream()
        .flatMap(
            element ->
                switch (element) {
                  case Box box -> List.of(box).stream();
                  case Area(Box frame) -> List.of(frame).stream();
                  default -> List.<Box>of().stream();
                })
        .toList();
  }
}
