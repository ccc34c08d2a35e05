package dev.lambdaconfig.authorization;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A policy file that is read again when it changes. A file that has become unreadable or wrong
 * changes nothing: the last good policy stays in force, and the log and a metric say so.
 *
 * <p>What has changed counts once two reads in a row have shown the same: the beginning of a file
 * that is being written can be a policy as well, of fewer rules or of none.
 */
public final class PolicyFile implements Supplier<Policy> {

  private static final int LARGEST = 1 << 20;

  private static final Logger LOG = LoggerFactory.getLogger(PolicyFile.class);

  private final Path path;
  private volatile Policy policy;
  private volatile @Nullable String problem;
  private String text;

  /** The text that the last read has shown for the first time, or null. */
  private @Nullable String candidate;

  private PolicyFile(Path path, String text, Policy policy) {
    this.path = path;
    this.text = text;
    this.policy = policy;
  }

  /**
   * Reads a file.
   *
   * @throws PolicyException if it cannot be read or used, with every problem
   */
  public static PolicyFile read(Path path) throws PolicyException {
    String text = textOf(path);
    return new PolicyFile(path, text, PolicyReader.read(text));
  }

  private static String textOf(Path path) throws PolicyException {
    try {
      if (Files.size(path) > LARGEST) {
        throw new PolicyException(List.of("it has more than 1 MiB"));
      }
      return Files.readString(path, StandardCharsets.UTF_8);
    } catch (CharacterCodingException e) {
      throw new PolicyException(List.of("it is not UTF-8: save it as UTF-8"));
    } catch (IOException e) {
      throw new PolicyException(
          List.of("it cannot be read (" + e.getClass().getSimpleName() + "): check its path"));
    }
  }

  /** The policy in force. */
  @Override
  public Policy get() {
    return policy;
  }

  /** Whether the file is as it is in force. */
  public boolean isInForce() {
    return problem == null;
  }

  /**
   * Reads the file again, which has to be done twice for a change.
   *
   * @return whether another policy is in force
   */
  public synchronized boolean reload() {
    try {
      String now = textOf(path);
      if (now.equals(text) && problem == null) {
        candidate = null;
        return false;
      }
      Policy next = PolicyReader.read(now);
      if (!now.equals(text) && !now.equals(candidate)) {
        candidate = now;
        return false;
      }
      candidate = null;
      text = now;
      boolean wasBroken = problem != null;
      problem = null;
      if (next.equals(policy)) {
        if (wasBroken) {
          LOG.info("the policy file is in order again, and as before");
        }
        return false;
      }
      policy = next;
      LOG.atInfo().addKeyValue("rules", next.size()).log("the policy file has changed");
      return true;
    } catch (PolicyException e) {
      candidate = null;
      String found = e.getMessage();
      if (!String.valueOf(found).equals(problem)) {
        problem = String.valueOf(found);
        LOG.atError()
            .addKeyValue("file", path)
            .addKeyValue("problem", found)
            .log("the policy file cannot be used, so the last good policy stays in force");
      }
      return false;
    }
  }
}
