package dev.lambdaconfig.build.image;

import dev.lambdaconfig.build.image.debian.BaseFiles;
import dev.lambdaconfig.build.image.layout.Image;
import dev.lambdaconfig.build.image.runtime.ClassArchive;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a container starts with: user, environment, command, labels. */
final class ImageSettings {

  /** The variables of the image. */
  static final Map<String, String> ENVIRONMENT = environment();

  private static final String LABEL = "org.opencontainers.image.";

  private ImageSettings() {}

  private static Map<String, String> environment() {
    Map<String, String> environment = new LinkedHashMap<>();
    // The user has no home of its own, and the root file system is read-only.
    environment.put("HOME", "/tmp");
    environment.put("JAVA_HOME", "/opt/java");
    environment.put("LANG", "C.UTF-8");
    environment.put("LAMBDA_CONFIG_LOG_FORMAT", "json");
    environment.put("PATH", "/opt/java/bin:/usr/bin:/bin");
    return environment;
  }

  /** Returns them, for an image with or without class archive. */
  static Image.Settings of(ImageOptions options, boolean trained) {
    String user = BaseFiles.USER + ":" + BaseFiles.USER;
    return new Image.Settings(user, "/tmp", ENVIRONMENT, entrypoint(trained), labels(options));
  }

  private static List<String> entrypoint(boolean trained) {
    List<String> command = new ArrayList<>();
    command.add("/opt/java/bin/java");
    command.add("@/app/jvm.options");
    // Of the Pod's limit. With 512Mi the whole then stays below the 256Mi that are requested:
    // what is not heap takes some 115 MB.
    command.add("-XX:MaxRAMPercentage=25");
    if (trained) {
      command.add("-XX:SharedArchiveFile=/" + ClassArchive.PATH);
    }
    command.add("-jar");
    command.add("/app/lambda-config-operator.jar");
    return command;
  }

  private static Map<String, String> labels(ImageOptions options) {
    Map<String, String> labels = new TreeMap<>();
    labels.put(LABEL + "title", "lambda-config-operator");
    labels.put(LABEL + "description", options.description());
    labels.put(LABEL + "version", options.version());
    labels.put(LABEL + "licenses", "Apache-2.0");
    labels.put(LABEL + "created", options.time().toString());
    if (!options.revision().isEmpty()) {
      labels.put(LABEL + "revision", options.revision());
    }
    if (!options.source().isEmpty()) {
      labels.put(LABEL + "source", options.source());
    }
    return labels;
  }
}
