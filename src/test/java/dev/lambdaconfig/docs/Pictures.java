package dev.lambdaconfig.docs;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The pictures in {@code docs/images}: each source is drawn for a light and for a dark page. {@code
 * plan.ansi} is what {@code plan} printed, which {@code PlanPictureIT} compares; {@code
 * dashboard.recording} is what the queries of the dashboard gave, which {@code .ci/dashboard}
 * records.
 */
final class Pictures {

  /** The names of the sources, without {@code .drawing}. */
  static final List<String> NAMES = List.of("lifecycle", "reconcile");

  /** What {@code plan} prints on a terminal over the manifests of the demo. */
  static final Path PLAN = Path.of("docs/images/plan.ansi");

  private static final Path FOLDER = Path.of("docs/images");

  private static final String PLAN_IN_WORDS =
      "A terminal after plan -f deploy/samples: for each function that differs its changes, one on"
          + " each line, and the request that the operator would send; at the end a summary.";

  private Pictures() {}

  /**
   * Draws all pictures.
   *
   * @param base the folder of the project
   * @return the text of each file, by its path in the project
   */
  static Map<Path, String> drawn(Path base) throws IOException {
    Map<Path, String> drawn = new TreeMap<>();
    for (String name : NAMES) {
      Path source = base.resolve(FOLDER).resolve(name + ".drawing");
      Drawing drawing = Drawing.of(Files.readString(source));
      drawn.put(FOLDER.resolve(name + ".svg"), Svg.of(drawing, Svg.Theme.LIGHT));
      drawn.put(FOLDER.resolve(name + "-dark.svg"), Svg.of(drawing, Svg.Theme.DARK));
    }
    String plan = Files.readString(base.resolve(PLAN));
    drawn.put(FOLDER.resolve("plan.svg"), TerminalPicture.of(plan, PLAN_IN_WORDS, Svg.Theme.LIGHT));
    drawn.put(
        FOLDER.resolve("plan-dark.svg"), TerminalPicture.of(plan, PLAN_IN_WORDS, Svg.Theme.DARK));
    JsonNode dashboard = DashboardPicture.dashboard(base);
    DashboardRecording recording = DashboardRecording.read(base);
    drawn.put(
        FOLDER.resolve("dashboard.svg"),
        DashboardPicture.of(dashboard, recording, Svg.Theme.LIGHT));
    drawn.put(
        FOLDER.resolve("dashboard-dark.svg"),
        DashboardPicture.of(dashboard, recording, Svg.Theme.DARK));
    return drawn;
  }
}
