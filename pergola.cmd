@echo off
rem Runs the command line of Pergola with a JDK 25; builds it when it is missing.
setlocal
set "ROOT=%~dp0"
set "JAR=%ROOT%cli\target\pergola.jar"
set "JAVA=java"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java"
if exist "%JAR%" goto run
echo pergola: building the command line, once 1>&2
pushd "%ROOT%"
if exist mvnw.cmd (call mvnw.cmd -q -pl cli -am package -DskipTests 1>&2) else (call mvn -q -pl cli -am package -DskipTests 1>&2)
popd
if not exist "%JAR%" exit /b 70
:run
"%JAVA%" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -jar "%JAR%" %*
