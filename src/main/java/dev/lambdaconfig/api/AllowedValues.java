package dev.lambdaconfig.api;

import java.util.List;
import java.util.Map;

/** The fields of the spec that have an enumerated value. */
public final class AllowedValues {

  /** The allowed values, by the path of the field in the spec. */
  public static final Map<String, List<String>> BY_PATH =
      Map.of(
          "mode", List.of("Enforce", "Observe"),
          "deletionPolicy", List.of("Retain", "Restore"),
          "layersPolicy", List.of("Replace", "Merge"),
          "environment.policy", List.of("Replace", "Merge"),
          "tracingConfig.mode", List.of("Active", "PassThrough"),
          "snapStart.applyOn", List.of("PublishedVersions", "None"),
          "loggingConfig.logFormat", List.of("JSON", "Text"),
          "loggingConfig.applicationLogLevel",
              List.of("TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"),
          "loggingConfig.systemLogLevel", List.of("DEBUG", "INFO", "WARN"),
          "fileSystemConfigs[].s3FilesConfig.directS3Read", List.of("ENABLED", "DISABLED", "AUTO"));

  private AllowedValues() {}
}
