package dev.lambdaconfig.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Writes the generated regions of {@code docs/spec.md}, {@code docs/metrics.md} and {@code
 * docs/runbook.md}, what the chart has copies of, files of an installation that follow from others,
 * and the pictures; what is around the regions is left alone.
 */
public final class GenerateSpecDoc {

  private GenerateSpecDoc() {}

  /**
   * Writes each file where it differs.
   *
   * @param args the folder of the project
   * @throws IOException if a file cannot be read or written
   */
  public static void main(String[] args) throws IOException {
    Path base = Path.of(args[0]);
    Path spec = base.resolve(SpecDocument.FILE);
    write(spec, SpecDocument.of(base).updated(Files.readString(spec)));
    Path metrics = base.resolve(MetricsDocument.FILE);
    write(metrics, MetricsDocument.updated(Files.readString(metrics)));
    Path runbook = base.resolve(RunbookDocument.FILE);
    write(runbook, RunbookDocument.updated(Files.readString(runbook)));
    for (Map.Entry<Path, Path> copy : MetricsDocument.COPIES.entrySet()) {
      write(base.resolve(copy.getValue()), Files.readString(base.resolve(copy.getKey())));
    }
    for (Map.Entry<Path, String> file : DeployFiles.of(base).entrySet()) {
      write(base.resolve(file.getKey()), file.getValue());
    }
    for (Map.Entry<Path, String> picture : Pictures.drawn(base).entrySet()) {
      write(base.resolve(picture.getKey()), picture.getValue());
    }
  }

  private static void write(Path file, String text) throws IOException {
    if (!Files.exists(file) || !Files.readString(file).equals(text)) {
      Files.writeString(file, text);
      System.out.println("wrote " + file);
    }
  }
}
