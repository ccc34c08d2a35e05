package dev.lambdaconfig.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes the generated regions of {@code docs/spec.md}; what is around them is left alone. */
public final class GenerateSpecDoc {

  private GenerateSpecDoc() {}

  /**
   * Writes the document where it differs.
   *
   * @param args the folder of the project
   * @throws IOException if a file cannot be read or written
   */
  public static void main(String[] args) throws IOException {
    Path base = Path.of(args[0]);
    Path file = base.resolve(SpecDocument.FILE);
    String document = Files.readString(file);
    String updated = SpecDocument.of(base).updated(document);
    if (!updated.equals(document)) {
      Files.writeString(file, updated);
      System.out.println("wrote " + file);
    }
  }
}
