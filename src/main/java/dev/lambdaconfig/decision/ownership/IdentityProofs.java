package dev.lambdaconfig.decision.ownership;

import static java.util.Comparator.comparingLong;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The answers of AWS to one identity about the functions of one name in one Region, which may be
 * those of several accounts. The resources of the identity share them, however they spell the
 * function.
 */
public final class IdentityProofs {

  /** No answer yet. */
  public static final IdentityProofs NONE = new IdentityProofs(Map.of());

  /** The key of the account of the identity. */
  private static final String HERE = "";

  /**
   * A function as a resource names it.
   *
   * @param named the account in the function's ARN, or null for that of the identity
   * @param home the account of the identity, or null where it is not known
   */
  public record NamedFunction(@Nullable String named, @Nullable String home) {

    /** The account of the function where it is not that of the identity; null otherwise. */
    @Nullable String elsewhere() {
      return named == null || named.equals(home) ? null : named;
    }
  }

  /**
   * A proof.
   *
   * @param home the account of the identity, or null
   * @param session the key of the session that called, or empty
   */
  private record Entry(@Nullable String home, String session, ReadProof proof) {}

  /**
   * The proofs by the account of the function where it is not that of the identity. A tenant can
   * name any number of accounts, so that none is searched for.
   */
  private final Map<String, Entry> entries;

  /** The account of the identity, as the last answer that knew it has shown; or null. */
  private final @Nullable String shownHome;

  /**
   * Keeps an immutable copy: nearly all have one entry, and there are as many as functions. A view
   * of the values would be kept as long as the map.
   */
  private IdentityProofs(Map<String, Entry> entries) {
    this.entries = Map.copyOf(entries);
    this.shownHome =
        this.entries.entrySet().stream()
            .map(Map.Entry::getValue)
            .filter(entry -> entry.home() != null)
            .max(comparingLong(entry -> entry.proof().last()))
            .map(Entry::home)
            .orElse(null);
  }

  /**
   * Adds an answer.
   *
   * @param session the key of the session that called, or empty
   * @param readable whether the function was described
   * @param account the account in its ARN, or null
   * @param number the number of the answer, larger than those before
   */
  public IdentityProofs with(
      NamedFunction spelling,
      String session,
      boolean readable,
      @Nullable String account,
      long number) {
    ReadProof proof = ReadProof.after(of(spelling), readable, readable ? account : null, number);
    Map<String, Entry> next = new HashMap<>(entries);
    next.put(key(spelling.elsewhere()), new Entry(spelling.home(), session, proof));
    return new IdentityProofs(next);
  }

  private static String key(@Nullable String elsewhere) {
    return Objects.requireNonNullElse(elsewhere, HERE);
  }

  /** The proof of a function, or null where AWS has answered nothing about it. */
  public @Nullable ReadProof of(NamedFunction spelling) {
    NamedFunction known = known(spelling);
    String elsewhere = known.elsewhere();
    ReadProof found = find(elsewhere);
    if (elsewhere != null || known.home() == null) {
      return found;
    }
    // An answer from before the account of the identity was known.
    ReadProof earlier = find(known.home());
    return found == null || (earlier != null && earlier.last() > found.last()) ? earlier : found;
  }

  /** The account of a function, or null where it is not known. */
  public @Nullable String account(NamedFunction spelling) {
    ReadProof proof = of(spelling);
    if (proof != null && proof.account() != null) {
      return proof.account();
    }
    return spelling.named() == null ? known(spelling).home() : spelling.named();
  }

  /** The spelling, with the account of the identity if an answer has shown it. */
  private NamedFunction known(NamedFunction spelling) {
    return spelling.home() != null || shownHome == null
        ? spelling
        : new NamedFunction(spelling.named(), shownHome);
  }

  private @Nullable ReadProof find(@Nullable String elsewhere) {
    Entry entry = entries.get(key(elsewhere));
    return entry == null ? null : entry.proof();
  }

  /** The account of the identity, or null where no answer has shown it. */
  public @Nullable String home() {
    return shownHome;
  }

  /** Whether there is an answer about a function that no other spelling of the identity means. */
  public boolean has(NamedFunction spelling) {
    return find(known(spelling).elsewhere()) != null;
  }

  /** Drops what other sessions were answered: those had other rights. */
  public IdentityProofs ofSession(String session) {
    return keeping((account, entry) -> entry.session().equals(session));
  }

  /** Drops the proofs of functions that none of these resources names. */
  public IdentityProofs of(Collection<NamedFunction> spellings) {
    Set<String> named = new HashSet<>();
    for (NamedFunction spelling : spellings) {
      NamedFunction known = known(spelling);
      named.add(key(known.elsewhere()));
      named.add(key(known.home()));
    }
    return keeping((account, entry) -> named.contains(account));
  }

  private IdentityProofs keeping(BiPredicate<String, Entry> kept) {
    Map<String, Entry> next = new HashMap<>(entries);
    next.entrySet().removeIf(entry -> !kept.test(entry.getKey(), entry.getValue()));
    return next.size() == entries.size() ? this : new IdentityProofs(next);
  }

  /** Whether there is none. */
  public boolean isEmpty() {
    return entries.isEmpty();
  }
}
