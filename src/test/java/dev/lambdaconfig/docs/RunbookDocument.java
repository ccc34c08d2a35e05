package dev.lambdaconfig.docs;

import dev.lambdaconfig.cli.explain.Reason;
import dev.lambdaconfig.cli.explain.ReasonTable;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * {@code docs/runbook.md}: a section for each reason, which begins with what the table of reasons
 * says of it.
 */
final class RunbookDocument {

  static final Path FILE = Path.of("docs/runbook.md");

  private RunbookDocument() {}

  /** The beginning of each reason's section, by reason; none for those that pass at once. */
  static Map<String, String> wanted() {
    Map<String, String> wanted = new LinkedHashMap<>();
    for (Reason reason : ReasonTable.read().all()) {
      if (!reason.with().equals("Ready=True") && !reason.triedAgain().equals("goes on at once")) {
        wanted.put(reason.name(), beginning(reason));
      }
    }
    return wanted;
  }

  /** The document with the beginnings of its sections as they shall be. */
  static String updated(String document) {
    return SpecDocument.updated(document, wanted());
  }

  private static String beginning(Reason reason) {
    return """
    `%s`. %s

    *To do:* %s *Tried again:* %s.
    """
        .formatted(
            reason.with(),
            fromHere(reason.meaning()),
            fromHere(reason.whatToDo()),
            reason.triedAgain());
  }

  /** The links of docs/spec.md, which has the table, as links of this page. */
  private static String fromHere(String text) {
    return text.replace("](#", "](spec.md#");
  }
}
