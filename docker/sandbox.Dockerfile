# The sandbox, built from the sources: docker build -f docker/sandbox.Dockerfile -t dcr-sandbox .

FROM maven:3.9-eclipse-temurin-17 AS build
WORKDIR /build
COPY . .
RUN mvn -B -ntp -DskipTests -Ddcr.unprepared=true package

FROM eclipse-temurin:25-jre
RUN useradd --system --uid 10001 --user-group --create-home --home-dir /var/lib/dcr dcr
COPY --from=build /build/dcr-ear/target/sandbox /opt/dcr
WORKDIR /var/lib/dcr
USER 10001:10001
EXPOSE 9080
ENTRYPOINT ["java", "-Xmx128m", "-jar", "/opt/dcr/dcr-sandbox.jar", "--bind", "0.0.0.0"]
