package dev.lambdaconfig.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version of the operator, which the build writes beside the classes. */
final class BuildVersion implements IVersionProvider {

  @Override
  public String[] getVersion() {
    return new String[] {
      "lambda-config-operator " + text() + " on Java " + Runtime.version().feature()
    };
  }

  static String text() {
    Properties properties = new Properties();
    try (InputStream file =
        Objects.requireNonNull(BuildVersion.class.getResourceAsStream("version.properties"))) {
      properties.load(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version");
  }
}
