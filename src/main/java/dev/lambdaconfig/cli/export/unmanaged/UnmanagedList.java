package dev.lambdaconfig.cli.export.unmanaged;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdaconfig.cli.export.manifest.DeclaredFunction;
import dev.lambdaconfig.cli.export.source.FunctionReceiver;
import dev.lambdaconfig.model.ObservedFunction;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The functions that no resource owns, as a table or as JSON. */
public final class UnmanagedList implements FunctionReceiver {

  private static final List<String> HEADER =
      List.of("NAME", "REGION", "RUNTIME", "MEMORY", "MODIFIED", "OBSERVED BY");

  private final ManagedFunctions managed;
  private final Consumer<String> failures;
  private final Consumer<String> messages;
  private final SortedMap<String, Row> rows = new TreeMap<>();

  private record Row(ObservedFunction function, String region, List<String> observers) {

    String text(String member) {
      Object value = function.configuration().at(member);
      return value == null ? "" : value.toString();
    }

    /** The runtime, or the kind of package of functions without one. */
    String runtime() {
      String runtime = text("Runtime");
      return runtime.isEmpty() ? text("PackageType") : runtime;
    }

    List<String> cells() {
      List<String> cells = new ArrayList<>();
      for (String cell :
          List.of(
              text("FunctionName"),
              region,
              runtime(),
              text("MemorySize"),
              text("LastModified"),
              String.join(",", observers))) {
        cells.add(cell.isEmpty() ? "-" : cell);
      }
      return cells;
    }
  }

  /**
   * Collects functions.
   *
   * @param failures receives each failure
   * @param messages receives all else that is reported meanwhile
   */
  public UnmanagedList(
      ManagedFunctions managed, Consumer<String> failures, Consumer<String> messages) {
    this.managed = managed;
    this.failures = failures;
    this.messages = messages;
  }

  @Override
  public boolean needs(String name, String region) {
    return true;
  }

  @Override
  public void received(DeclaredFunction declared, @Nullable ObservedFunction function) {
    if (function != null) {
      String region = Objects.requireNonNullElse(declared.region(), "");
      rows.put(
          declared.name() + " " + region,
          new Row(function, region, managed.observers(function, region)));
    }
  }

  @Override
  public void skipped(String message) {
    messages.accept(message);
  }

  @Override
  public void leftOut(String message) {
    messages.accept(message);
  }

  @Override
  public void failed(String message) {
    failures.accept(message);
  }

  @Override
  public void progress(String message) {
    messages.accept(message);
  }

  /** Prints the functions in columns. */
  public void printTable(PrintWriter out) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(HEADER);
    rows.values().forEach(row -> lines.add(row.cells()));
    int[] widths = new int[HEADER.size()];
    for (List<String> line : lines) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], line.get(i).length());
      }
    }
    for (List<String> line : lines) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        text.append(line.get(i)).append(" ".repeat(widths[i] - line.get(i).length() + 3));
      }
      out.println(text.toString().stripTrailing());
    }
    out.flush();
  }

  /** Prints the functions as JSON. */
  public void printJson(PrintWriter out) {
    ObjectMapper json = new ObjectMapper();
    ObjectNode root = json.createObjectNode().put("apiVersion", "export.lambdaconfig.dev/v1");
    ArrayNode functions = root.putArray("unmanaged");
    for (Row row : rows.values()) {
      ObjectNode function =
          functions
              .addObject()
              .put("functionName", row.text("FunctionName"))
              .put("functionArn", row.function().arn())
              .put("region", row.region())
              .put("runtime", row.runtime())
              .put("lastModified", row.text("LastModified"));
      String memory = row.text("MemorySize");
      if (!memory.isEmpty()) {
        function.put("memorySize", Integer.parseInt(memory));
      }
      row.observers().forEach(function.putArray("observedBy")::add);
    }
    try {
      out.println(json.writerWithDefaultPrettyPrinter().writeValueAsString(root));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of texts has a JSON form", e);
    }
    out.flush();
  }
}
