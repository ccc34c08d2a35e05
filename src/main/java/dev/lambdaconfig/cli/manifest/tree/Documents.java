package dev.lambdaconfig.cli.manifest.tree;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Reads the documents of texts. */
public final class Documents {

  private final Allowance allowance;
  private final Consumer<Document> documents;
  private final Consumer<TextFault> faults;

  /**
   * Creates a reader of one text.
   *
   * @param allowance what is left for it and for all texts after it
   * @param documents takes each document that can be read
   * @param faults takes why others cannot be read
   */
  public Documents(Allowance allowance, Consumer<Document> documents, Consumer<TextFault> faults) {
    this.allowance = allowance;
    this.documents = documents;
    this.faults = faults;
  }

  /**
   * Reads a text.
   *
   * @param isJson whether it says of itself that it is JSON; what begins like JSON is tried as such
   */
  public void read(String text, boolean isJson) {
    if (isJson || text.stripLeading().startsWith("{")) {
      Allowance before = allowance.copy();
      List<Document> read = new ArrayList<>();
      try {
        new JsonDocuments(allowance, read::add).read(text);
        read.forEach(documents);
        return;
      } catch (TextFaultException e) {
        if (isJson) {
          read.forEach(documents);
          faults.accept(e.fault());
          return;
        }
        allowance.reset(before);
      }
    }
    new YamlDocuments(allowance, documents, faults).read(text);
  }
}
