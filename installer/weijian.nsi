; The Windows installer, in UTF-8. build.py --nsis gives BUNDLE, VERSION, SETUP, LICENSE and, to be quick, QUICK.
; For one user without administrator rights, or for all in Program Files; Simplified Chinese or English.

Unicode true
!ifdef QUICK
  SetCompressor zlib
!else
  SetCompressor /SOLID lzma
!endif

!define PROGRAM "weijian"
!define UNINSTALL_KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\${PROGRAM}"

!define MULTIUSER_EXECUTIONLEVEL Highest
!define MULTIUSER_MUI
!define MULTIUSER_INSTALLMODE_COMMANDLINE
!define MULTIUSER_USE_PROGRAMFILES64
!define MULTIUSER_INSTALLMODE_INSTDIR "${PROGRAM}"
!define MULTIUSER_INSTALLMODE_INSTDIR_REGISTRY_KEY "${UNINSTALL_KEY}"
!define MULTIUSER_INSTALLMODE_INSTDIR_REGISTRY_VALUENAME "InstallLocation"
!define MULTIUSER_INSTALLMODE_DEFAULT_REGISTRY_KEY "${UNINSTALL_KEY}"
!define MULTIUSER_INSTALLMODE_DEFAULT_REGISTRY_VALUENAME "UninstallString"
!include MultiUser.nsh
!include MUI2.nsh
!include FileFunc.nsh
!include x64.nsh

Name "${PROGRAM} ${VERSION}"
OutFile "${SETUP}"
ShowInstDetails nevershow
ShowUninstDetails nevershow

!insertmacro MUI_PAGE_LICENSE "${LICENSE}"
!insertmacro MULTIUSER_PAGE_INSTALLMODE
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "SimpChinese"
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_RESERVEFILE_LANGDLL

LangString COMMAND_LINE ${LANG_SIMPCHINESE} "违建管控 命令行"
LangString COMMAND_LINE ${LANG_ENGLISH} "weijian command line"
LangString WINDOW ${LANG_SIMPCHINESE} "违建管控"
LangString WINDOW ${LANG_ENGLISH} "weijian"
LangString NEEDS_64_BIT ${LANG_SIMPCHINESE} "weijian 需要 64 位的 Windows 10 或更新的系统。"
LangString NEEDS_64_BIT ${LANG_ENGLISH} "weijian needs a 64-bit Windows 10 or newer."
LangString STILL_RUNNING ${LANG_SIMPCHINESE} "weijian 正在运行，请关闭后重试。"
LangString STILL_RUNNING ${LANG_ENGLISH} "weijian is running; close it and try again."

VIProductVersion "${VERSION}.0"
VIAddVersionKey /LANG=${LANG_SIMPCHINESE} "ProductName" "weijian"
VIAddVersionKey /LANG=${LANG_SIMPCHINESE} "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=${LANG_SIMPCHINESE} "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=${LANG_SIMPCHINESE} "FileDescription" "weijian 安装程序"
VIAddVersionKey /LANG=${LANG_SIMPCHINESE} "LegalCopyright" "Apache-2.0"
VIAddVersionKey /LANG=${LANG_ENGLISH} "ProductName" "weijian"
VIAddVersionKey /LANG=${LANG_ENGLISH} "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=${LANG_ENGLISH} "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=${LANG_ENGLISH} "FileDescription" "weijian setup"
VIAddVersionKey /LANG=${LANG_ENGLISH} "LegalCopyright" "Apache-2.0"

; The program's own files only: whatever a user keeps beside them stays. A program that runs keeps its .exe from being
; deleted, so that is tried first and its libraries are not half removed.
!macro RemoveProgram
  ClearErrors
  Delete "$INSTDIR\weijian-window.exe" ; first, since it is the one that people leave open
  ${If} ${Errors}
    MessageBox MB_OK|MB_ICONEXCLAMATION "$(STILL_RUNNING)" /SD IDOK
    SetErrorLevel 2
    Abort
  ${EndIf}
  Delete "$INSTDIR\weijian.exe"
  ${If} ${Errors}
    MessageBox MB_OK|MB_ICONEXCLAMATION "$(STILL_RUNNING)" /SD IDOK
    SetErrorLevel 2
    Abort
  ${EndIf}
  RMDir /r "$INSTDIR\_internal"
!macroend

Function .onInit
  ${IfNot} ${RunningX64}
    MessageBox MB_OK|MB_ICONSTOP "$(NEEDS_64_BIT)" /SD IDOK
    Abort
  ${EndIf}
  !insertmacro MULTIUSER_INIT
  !insertmacro MUI_LANGDLL_DISPLAY
FunctionEnd

Function un.onInit
  !insertmacro MULTIUSER_UNINIT
  !insertmacro MUI_UNGETLANGUAGE
FunctionEnd

Section
  !insertmacro RemoveProgram
  SetOutPath "$INSTDIR"
  File /r "${BUNDLE}/*"
  WriteUninstaller "$INSTDIR\uninstall.exe"

  CreateShortCut "$SMPROGRAMS\$(WINDOW).lnk" "$INSTDIR\weijian-window.exe"
  ; A console in which `weijian` is a command, opened where the user keeps documents.
  SetOutPath "$DOCUMENTS"
  CreateShortCut "$SMPROGRAMS\$(COMMAND_LINE).lnk" "$SYSDIR\cmd.exe" \
    '/K "set "PATH=$INSTDIR;%PATH%" & weijian --help"' "$INSTDIR\weijian.exe"

  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  IntFmt $0 "0x%08X" $0
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "DisplayName" "weijian"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "DisplayIcon" "$INSTDIR\weijian.exe"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "Publisher" "The weijian authors"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "Shortcut" "$SMPROGRAMS\$(COMMAND_LINE).lnk"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "WindowShortcut" "$SMPROGRAMS\$(WINDOW).lnk"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "UninstallString" '"$INSTDIR\uninstall.exe" /$MultiUser.InstallMode'
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /$MultiUser.InstallMode /S'
  WriteRegDWORD SHCTX "${UNINSTALL_KEY}" "EstimatedSize" "$0"
  WriteRegDWORD SHCTX "${UNINSTALL_KEY}" "NoModify" 1
  WriteRegDWORD SHCTX "${UNINSTALL_KEY}" "NoRepair" 1
SectionEnd

Section "Uninstall"
  !insertmacro RemoveProgram
  ReadRegStr $0 SHCTX "${UNINSTALL_KEY}" "Shortcut" ; whatever the language was when it was made
  Delete "$0"
  ReadRegStr $0 SHCTX "${UNINSTALL_KEY}" "WindowShortcut"
  Delete "$0"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR" ; only when nothing else is in it
  DeleteRegKey SHCTX "${UNINSTALL_KEY}"
SectionEnd
