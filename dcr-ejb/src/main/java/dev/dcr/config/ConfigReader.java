package dev.dcr.config;

import static java.util.stream.Collectors.toCollection;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * Reads the configuration once, at start, and gathers everything that is wrong with it. Each read names its key, type,
 * default and meaning, so that the reading is the documentation, too. Sources are asked one by one in the order of
 * their ordinals: that tells where a value came from, and leaves <code>${...}</code> in passwords alone.
 */
public final class ConfigReader {

    /** One key of the reference page; {@code []} stands for the number of an entry. */
    public record Documented(String key, String type, String standard, String meaning) {}

    private final List<ConfigSource> sources = new ArrayList<>();
    private final TomlFile file;
    private final boolean describing;
    private final Set<String> names;
    private final Map<String, Documented> documented = new LinkedHashMap<>();
    private final Set<String> read = new HashSet<>();
    private final List<String> problems = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    private ConfigReader(Iterable<ConfigSource> sources, boolean describing) {
        sources.forEach(this.sources::add);
        this.describing = describing;
        file = this.sources.stream()
                .filter(DeploymentToml.class::isInstance)
                .map(source -> ((DeploymentToml) source).file())
                .findFirst()
                .orElseGet(TomlFile::none);
        problems.addAll(file.problems());
        names = this.sources.stream()
                .flatMap(source -> source.getPropertyNames().stream())
                .map(ListName::inEnvironment)
                .collect(Collectors.toSet());
    }

    /** Reads that configuration. */
    public static ConfigReader of(Config config) {
        return new ConfigReader(config.getConfigSources(), false);
    }

    /** Reads nothing: every list has one entry, every key its default. For writing the reference page. */
    public static ConfigReader describing() {
        return new ConfigReader(List.of(), true);
    }

    /** The table of that name. */
    public ConfigTable table(String name) {
        return new ConfigTable(this, name + ".", true);
    }

    /** What no source says is taken from the preset {@code profiles/NAME.toml} from now on. */
    public void fallBackOn(String profile) {
        if (describing) return;
        var preset = Preset.of(profile).yieldingTo(file);
        preset.keys().stream().map(ListName::inEnvironment).forEach(names::add);
        sources.add(new DeploymentToml(preset));
    }

    /**
     * The end of reading.
     *
     * @return what of the file this server does not use, one sentence for each table
     * @throws ConfigurationRefused if anything was wrong, or a key of our tables in the file was never read
     */
    public List<String> finish() {
        var unread = new UnreadKeys(file, read);
        problems.addAll(unread.problems());
        notes.addAll(unread.notes());
        if (!problems.isEmpty()) throw new ConfigurationRefused(problems);
        return List.copyOf(notes);
    }

    /** Every key that was read. */
    public List<Documented> documented() {
        return List.copyOf(documented.values());
    }

    /** Something worth a line in the log. */
    public void note(String sentence) {
        notes.add(sentence);
    }

    /** The file that was read, for the log. */
    public String origin() {
        return file.origin();
    }

    boolean isDescribing() {
        return describing;
    }

    void document(Documented key) {
        documented.putIfAbsent(key.key(), key);
        read.add(key.key());
    }

    void problem(String key, String sentence) {
        problems.add(where(key) + ": " + sentence);
    }

    Optional<Found> find(String key) {
        return sources.stream()
                .filter(source -> source.getValue(key) != null)
                .findFirst()
                .map(source -> new Found(source, key));
    }

    /** The place of its source: the higher, the smaller the number. */
    int rank(Found found) {
        return sources.indexOf(found.source());
    }

    private String where(String key) {
        return find(key).map(Found::where).orElseGet(() -> {
            var position = file.position(key);
            return position.isEmpty() ? key : position + ": " + key;
        });
    }

    /** The numbers of a list's entries, in any source. */
    Set<Integer> entries(String list) {
        read.add(ListName.withoutIndex(list) + "[]");
        if (describing) return Set.of(0);
        var entry = Pattern.compile(ListName.inEnvironment(list) + "_(\\d{1,6})__.+");
        return names.stream()
                .map(entry::matcher)
                .filter(Matcher::matches)
                .map(match -> Integer.valueOf(match.group(1)))
                .collect(toCollection(TreeSet::new));
    }
}
