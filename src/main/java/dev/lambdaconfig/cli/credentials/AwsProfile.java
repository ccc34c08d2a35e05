package dev.lambdaconfig.cli.credentials;

import dev.lambdaconfig.text.Spelling;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The reason why the profile of a process gives no credentials, as far as its files show it. The
 * SDK does not say. Values of the files are not looked at.
 */
final class AwsProfile {

  private static final String VARIABLE = "AWS_PROFILE";
  private static final int LONGEST = 1_000_000;
  private static final Pattern SECTION =
      Pattern.compile("\\s*\\[\\s*(?:(profile)\\s+)?([^\\]]*?)\\s*].*");
  private static final Pattern SETTING = Pattern.compile("([a-z_]+)\\s*=.*");

  /** The settings that are ways to credentials. */
  private static final List<String> WAYS =
      List.of(
          "aws_access_key_id",
          "role_arn",
          "credential_process",
          "web_identity_token_file",
          "credential_source");

  private final Map<String, String> environment;
  private final String name;
  private final NavigableSet<String> others = new TreeSet<>();
  private final NavigableSet<String> settings = new TreeSet<>();
  private final List<String> files = new ArrayList<>();
  private @Nullable Path found;

  private AwsProfile(Map<String, String> environment) {
    this.environment = environment;
    this.name = isNamed(environment) ? environment.getOrDefault(VARIABLE, "").strip() : "default";
  }

  /** Whether a profile is named by the environment. */
  static boolean isNamed(Map<String, String> environment) {
    return !environment.getOrDefault(VARIABLE, "").isBlank();
  }

  /**
   * The reason why the profile of an environment gives no credentials, with the files that were
   * read.
   */
  static String problem(Map<String, String> environment) {
    AwsProfile profile = new AwsProfile(environment);
    profile.read("AWS_SHARED_CREDENTIALS_FILE", "credentials", false);
    profile.read("AWS_CONFIG_FILE", "config", true);
    return profile.problem();
  }

  private void read(String variable, String file, boolean hasPrefix) {
    String given = environment.getOrDefault(variable, "");
    String home =
        Objects.requireNonNullElse(environment.get("HOME"), System.getProperty("user.home"));
    Path path = given.isBlank() ? Path.of(home, ".aws", file) : Path.of(given);
    try (InputStream in = Files.newInputStream(path)) {
      String text = new String(in.readNBytes(LONGEST), StandardCharsets.UTF_8);
      files.add(path.toString());
      read(path, text, hasPrefix);
    } catch (NoSuchFileException e) {
      files.add(path + " (which does not exist)");
    } catch (IOException e) {
      files.add(path + " (which cannot be read)");
    }
  }

  private void read(Path path, String text, boolean hasPrefix) {
    boolean isOurs = false;
    for (String line : text.lines().toList()) {
      Matcher section = SECTION.matcher(line);
      if (section.matches()) {
        String title = section.group(2);
        boolean isProfile = !hasPrefix || section.group(1) != null || title.equals("default");
        isOurs = isProfile && title.equals(name);
        if (isOurs) {
          found = path;
        } else if (isProfile) {
          others.add(title);
        }
        continue;
      }
      Matcher setting = SETTING.matcher(line);
      if (isOurs && setting.matches()) {
        settings.add(setting.group(1));
      }
    }
  }

  private String problem() {
    String profile = "the profile " + name + (isNamed(environment) ? " (" + VARIABLE + ")" : "");
    if (found == null) {
      return "%s is neither in %s nor in %s%s"
          .formatted(profile, files.getFirst(), files.getLast(), instead());
    }
    String in = profile + " in " + found;
    if (settings.stream().anyMatch(setting -> setting.startsWith("sso_"))
        || settings.contains("login_session")) {
      return in
          + " signs in by a browser, which this command does not do: run eval \"$(aws configure"
          + " export-credentials --profile "
          + name
          + " --format env)\" before";
    }
    return WAYS.stream()
        .filter(settings::contains)
        .findFirst()
        .map(way -> in + " has " + way + ", and that gives none")
        .orElse(in + " has none");
  }

  private String instead() {
    if (!isNamed(environment) || others.isEmpty()) {
      return "";
    }
    return Spelling.nearest(name, others, Math.max(2, name.length() / 3))
        .map(other -> ": did you mean " + other + "?")
        .orElse(", which have " + String.join(", ", others));
  }
}
