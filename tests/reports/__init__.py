from gzdesk.reports import fonts

# Fonts of the developer's own PC would move what the expected files hold.
fonts.FONT_FOLDERS = ()
