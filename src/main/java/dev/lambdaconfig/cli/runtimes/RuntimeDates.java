package dev.lambdaconfig.cli.runtimes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The days on which AWS ends the support of runtimes, as far as they are known. */
public final class RuntimeDates {

  private static final String KNOWN = "lambda-runtimes.json";
  private static final int LARGEST = 1 << 20;

  private final Map<String, End> ends;

  private RuntimeDates(Map<String, End> ends) {
    this.ends = ends;
  }

  /**
   * The end of a runtime, in calendar days of UTC.
   *
   * @param deprecated the day from which on AWS applies no patches
   * @param blockUpdate the day from which on functions of Zip files are not updated, or null
   * @param successor the runtime to use instead, or null if none is named
   */
  private record End(
      LocalDate deprecated, @Nullable LocalDate blockUpdate, @Nullable String successor) {}

  /** The dates that this version was built with. */
  public static RuntimeDates known() {
    try (InputStream stream = RuntimeDates.class.getResourceAsStream(KNOWN)) {
      return of(new ObjectMapper().readTree(stream));
    } catch (IOException e) {
      throw new UncheckedIOException("a resource of the jar: " + KNOWN, e);
    }
  }

  /**
   * The dates of a file of the same form.
   *
   * @throws IllegalArgumentException with what is wrong with it
   */
  public static RuntimeDates of(Path file) {
    try (InputStream stream = Files.newInputStream(file)) {
      byte[] bytes = stream.readNBytes(LARGEST + 1);
      if (bytes.length > LARGEST) {
        throw new IllegalArgumentException("it has more than 1 MiB");
      }
      return of(new ObjectMapper().readTree(bytes));
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "it cannot be read (" + e.getClass().getSimpleName() + "): check its path and its JSON",
          e);
    }
  }

  private static RuntimeDates of(JsonNode json) {
    Map<String, End> ends = new HashMap<>();
    for (JsonNode runtime : json.path("runtimes")) {
      LocalDate deprecated = date(runtime, "deprecated");
      if (deprecated != null) {
        ends.put(
            runtime.path("runtime").asText(),
            new End(
                deprecated, date(runtime, "blockUpdate"), runtime.path("successor").textValue()));
      }
    }
    if (ends.isEmpty()) {
      throw new IllegalArgumentException(
          "it lists no runtimes: write {\"runtimes\": [{\"runtime\": \"python3.8\", \"deprecated\":"
              + " \"2024-10-14\"}]}");
    }
    return new RuntimeDates(ends);
  }

  private static @Nullable LocalDate date(JsonNode runtime, String name) {
    String text = runtime.path(name).textValue();
    try {
      return text == null ? null : LocalDate.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "%s of a runtime is no date: write it as 2026-11-26".formatted(name), e);
    }
  }

  /** The warning about a runtime on a day, or null if it is supported or its end is not known. */
  public @Nullable String warning(String runtime, LocalDate today) {
    End end = ends.get(runtime);
    if (end == null || today.isBefore(end.deprecated())) {
      return null;
    }
    LocalDate blocked = end.blockUpdate();
    String updates =
        blocked == null
            ? ""
            : today.isBefore(blocked)
                ? ", and refuses updates of Zip functions from " + blocked + " on"
                : ", and has refused updates of Zip functions since " + blocked;
    String advice =
        end.successor() == null
            ? "change to a supported runtime"
            : "change to a supported runtime, such as " + end.successor();
    return "%s is past its date: AWS has not patched it since %s%s: %s"
        .formatted(runtime, end.deprecated(), updates, advice);
  }
}
