package dev.lambdaconfig.cli.export.output;

import dev.lambdaconfig.cli.export.manifest.ExportedManifest;
import java.io.PrintWriter;
import java.util.SortedMap;
import java.util.TreeMap;

/** One stream of documents, such as the standard output, in the order of their names. */
public final class ManifestStream implements ManifestOutput {

  private final PrintWriter out;
  private final SortedMap<String, String> texts = new TreeMap<>();

  /** Writes to the given writer. */
  public ManifestStream(PrintWriter out) {
    this.out = out;
  }

  @Override
  public boolean isResumable() {
    return false;
  }

  @Override
  public boolean has(String resource) {
    return false;
  }

  @Override
  public Outcome write(ExportedManifest manifest) {
    texts.put(manifest.name(), manifest.text());
    return Outcome.WRITTEN;
  }

  @Override
  public String finish() {
    for (String text : texts.values()) {
      out.print("---\n");
      out.print(text);
    }
    return "";
  }

  @Override
  public boolean isLost() {
    return out.checkError();
  }
}
