package dev.lambdaconfig.cli.manifest.tree;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * One document of a text.
 *
 * @param root its value; null of JSON, if it is empty
 * @param faults what is wrong with it, although it can be read
 */
public record Document(JsonNode root, PositionTree positions, List<TextFault> faults) {

  /** Creates a document. */
  public Document {
    faults = List.copyOf(faults);
  }
}
